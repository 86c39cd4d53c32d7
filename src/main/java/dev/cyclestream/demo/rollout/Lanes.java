package dev.cyclestream.demo.rollout;

import dev.cyclestream.page.RolloutReport.Cell;
import dev.cyclestream.page.RolloutReport.Lane;
import dev.cyclestream.page.RolloutReport.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The partitions as lanes of a page: each image in the order of offsets, with a border where a split begins to hold. */
final class Lanes {

    private final RecordedDecisions decisions;

    Lanes(RecordedDecisions decisions) {
        this.decisions = decisions;
    }

    /** The lanes of the partitions that have results, in their order. */
    List<Lane> of(List<MadeImage> results) {
        SortedMap<Integer, List<MadeImage>> partitions = new TreeMap<>();
        results.stream()
                .sorted(Comparator.comparing(MadeImage::position))
                .forEach(result -> partitions
                        .computeIfAbsent(result.partition(), partition -> new ArrayList<>())
                        .add(result));
        List<Lane> lanes = new ArrayList<>();
        partitions.forEach((partition, images) -> lanes.add(lane(partition, images)));
        return lanes;
    }

    private Lane lane(int partition, List<MadeImage> images) {
        SortedMap<Long, List<Cell>> splits = new TreeMap<>();
        images.forEach(image -> splits.computeIfAbsent(image.decision().split(), split -> new ArrayList<>())
                .add(cell(image)));
        List<Segment> segments = new ArrayList<>();
        splits.forEach((split, cells) -> segments.add(segment(partition, split, cells)));
        return new Lane("Partition " + partition, "%d images".formatted(images.size()), segments);
    }

    private Segment segment(int partition, long split, List<Cell> cells) {
        return split == Decision.NO_SPLIT
                ? new Segment("no split", "", cells)
                : new Segment(
                        "split " + split,
                        "offset %d".formatted(decisions.border(partition, split).orElseThrow()),
                        cells);
    }

    private Cell cell(MadeImage image) {
        Decision decision = image.decision();
        boolean isOld = decision.checkpoint().equals(decisions.started().sha256());
        boolean isShadowed = decisions.isShadowed(image.position(), image.imageId());
        return new Cell(
                isShadowed ? "both" : isOld ? "one" : "two",
                "offset %d: %s, %s%s"
                        .formatted(
                                image.position().offset(),
                                image.imageId(),
                                isOld ? "the first checkpoint" : "the candidate",
                                isShadowed ? "; in the shadow: the candidate" : ""));
    }
}
