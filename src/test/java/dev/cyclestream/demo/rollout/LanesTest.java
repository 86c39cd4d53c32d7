package dev.cyclestream.demo.rollout;

import static dev.cyclestream.demo.rollout.MadeImages.CANDIDATE_ID;
import static dev.cyclestream.demo.rollout.MadeImages.NEW;
import static dev.cyclestream.demo.rollout.MadeImages.OLD;
import static dev.cyclestream.demo.rollout.MadeImages.STABLE_ID;
import static dev.cyclestream.demo.rollout.MadeImages.before;
import static dev.cyclestream.demo.rollout.MadeImages.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cyclestream.page.RolloutReport.Cell;
import dev.cyclestream.page.RolloutReport.Lane;
import dev.cyclestream.page.RolloutReport.Segment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes(MadeImages.decisions());

    @Test
    void eachPartitionHasItsBordersAtItsOwnOffsets() {
        List<Lane> drawn = lanes.of(List.of(
                made(CANDIDATE_ID, 1, 5, 2, "stable", NEW),
                before(STABLE_ID, 1, 0),
                made(STABLE_ID, 0, 2, 1, "stable", OLD),
                before(STABLE_ID, 0, 1),
                made(CANDIDATE_ID, 1, 1, 1, "candidate", NEW),
                before(STABLE_ID, 0, 0),
                made(STABLE_ID, 0, 4, 2, "stable", NEW)));

        assertThat(drawn)
                .extracting(Lane::title, Lane::note)
                .containsExactly(tuple("Partition 0", "4 images"), tuple("Partition 1", "3 images"));
        assertThat(drawn.get(0).segments())
                .extracting(
                        Segment::name, Segment::from, segment -> segment.cells().size())
                .containsExactly(
                        tuple("no split", "", 2), tuple("split 1", "offset 2", 1), tuple("split 2", "offset 4", 1));
        assertThat(drawn.get(1).segments())
                .extracting(Segment::name, Segment::from)
                .containsExactly(tuple("no split", ""), tuple("split 1", "offset 1"), tuple("split 2", "offset 5"));
    }

    @Test
    void colourIsThatOfTheCheckpoint() {
        List<Lane> drawn = lanes.of(List.of(
                before(CANDIDATE_ID, 0, 1),
                made(STABLE_ID, 0, 2, 1, "stable", OLD),
                made(CANDIDATE_ID, 0, 3, 1, "candidate", NEW),
                made(STABLE_ID, 0, 4, 2, "stable", NEW)));

        assertThat(drawn.get(0).segments().stream().flatMap(segment -> segment.cells().stream()))
                .extracting(Cell::style, Cell::hint)
                .containsExactly(
                        tuple("one", "offset 1: %s, the first checkpoint".formatted(CANDIDATE_ID)),
                        tuple(
                                "both",
                                "offset 2: %s, the first checkpoint; in the shadow: the candidate"
                                        .formatted(STABLE_ID)),
                        tuple("two", "offset 3: %s, the candidate".formatted(CANDIDATE_ID)),
                        tuple("two", "offset 4: %s, the candidate".formatted(STABLE_ID)));
    }

    @Test
    void manyImagesHaveNoGapsBetweenThem() {
        Lane few = lanes.of(IntStream.range(0, 100)
                        .mapToObj(offset -> before(STABLE_ID, 2, offset))
                        .toList())
                .get(0);
        Lane many = lanes.of(IntStream.range(0, 101)
                        .mapToObj(offset -> before(STABLE_ID, 2, offset))
                        .toList())
                .get(0);

        assertThat(few.style()).isEmpty();
        assertThat(many.style()).isEqualTo("dense");
    }
}
