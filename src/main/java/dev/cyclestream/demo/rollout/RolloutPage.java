package dev.cyclestream.demo.rollout;

import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.demo.rollout.MadeImage.Position;
import dev.cyclestream.gallery.GalleryPage.Frame;
import dev.cyclestream.page.Fact;
import dev.cyclestream.page.RolloutReport;
import dev.cyclestream.page.RolloutReport.Pair;
import dev.cyclestream.page.Table;
import dev.cyclestream.rollout.Announcement;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.Split.Candidate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The content of the page of a roll-out that is over, and in which every image was made as it is on record. */
final class RolloutPage {

    /** A browser scrolls smoothly through this many. */
    private static final int MOST_PAIRS = 500;

    private static final double MILLIS = 1000;
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final RolledOut rolledOut;
    private final RecordedDecisions decisions;
    private final NamedCheckpoint candidate;

    RolloutPage(RolledOut rolledOut) {
        this.rolledOut = rolledOut;
        this.decisions = rolledOut.decisions();
        this.candidate = decisions.schedule().announcements().stream()
                .map(Announcement::split)
                .flatMap(split -> split.candidate().stream())
                .map(Candidate::checkpoint)
                .findFirst()
                .orElseThrow();
    }

    RolloutReport report() {
        return new RolloutReport(
                "A checkpoint changes while the stream runs",
                lead(),
                facts(),
                new RolloutReport.Checkpoints(decisions.started().toString(), candidate.toString(), candidateNote()),
                splits(),
                new Lanes(decisions).of(rolledOut.results()),
                pairs());
    }

    private String lead() {
        return """
                %,d pictures went through images.a to translated.b. On the way, a candidate was put on trial with half of the keys, and \
                in the shadow for the other half; later it was promoted. Each partition went over at an offset of its own, which was \
                written in the transaction of its results. All %,d results and %,d shadows were held against that record: each has the split, \
                the role and the checkpoint that it says.""".formatted(
                        rolledOut.results().size(),
                        rolledOut.results().size(),
                        rolledOut.shadows().size());
    }

    private String candidateNote() {
        return """
                The candidate is for demonstration only and was not trained: this program made it from %s, which it comes with, by one \
                more node at the end of the graph, which puts the colour channels into the order green, blue, red. So its pictures are \
                told apart at a glance.""".formatted(decisions.started().name());
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(number(rolledOut.count(Decision.NO_SPLIT)), "images before the roll-out"));
        decisions
                .schedule()
                .announcements()
                .forEach(announcement -> facts.add(new Fact(
                        number(rolledOut.count(announcement.split().number())),
                        announcement.split().candidate().isPresent() ? "during the trial" : "after the promotion")));
        decisions
                .schedule()
                .announcements()
                .forEach(announcement -> facts.add(new Fact(
                        everywhere(announcement),
                        announcement.split().candidate().isPresent()
                                ? "from the candidate's announcement to the last partition"
                                : "from the promotion's")));
        facts.add(new Fact(seconds(rolledOut.longestGap()), "longest gap between results"));
        if (rolledOut.deadLetters() > 0) {
            facts.add(new Fact(number(rolledOut.deadLetters()), "dead letters"));
        }
        return facts;
    }

    private static String number(long count) {
        return "%,d".formatted(count);
    }

    private static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / MILLIS);
    }

    private String everywhere(Announcement announcement) {
        return rolledOut.untilEverywhere(announcement).map(RolloutPage::seconds).orElse("-");
    }

    /** The time of each step until it held in all partitions, a line each. */
    List<String> switching() {
        return decisions.schedule().announcements().stream()
                .map(announcement -> rolledOut
                        .untilEverywhere(announcement)
                        .map(time -> "split %d (%s) held in all partitions %s after its announcement"
                                .formatted(announcement.split().number(), announcement.action(), seconds(time)))
                        .orElseGet(() -> "split %d (%s) holds nowhere, since nothing was translated"
                                .formatted(announcement.split().number(), announcement.action())))
                .toList();
    }

    private Table splits() {
        return new Table(
                List.of("split", "step", "announced", "by", "stable", "candidate", "in all partitions after"),
                decisions.schedule().announcements().stream().map(this::row).toList());
    }

    private Table.Row row(Announcement announcement) {
        Split split = announcement.split();
        return Table.Row.of(
                Long.toString(split.number()),
                announcement.action().toString(),
                AT.format(announcement.at()),
                announcement.by(),
                split.stable().toString(),
                split.candidate().map(RolloutPage::describe).orElse("none"),
                everywhere(announcement));
    }

    private static String describe(Candidate candidate) {
        return "%s, %.0f %% of the keys%s"
                .formatted(
                        candidate.checkpoint(), 100 * candidate.share(), candidate.shadow() ? " and the shadow" : "");
    }

    /** Each picture once that both have translated. */
    private List<Pair> pairs() {
        Map<String, DemoPicture> inputs = rolledOut.pictures().stream()
                .collect(Collectors.toMap(DemoPicture::id, picture -> picture, (first, second) -> first));
        Map<Position, MadeImage> results = new HashMap<>();
        rolledOut.results().forEach(result -> results.put(result.position(), result));
        Map<String, MadeImage> shadows = new HashMap<>();
        rolledOut.shadows().stream()
                .sorted(Comparator.comparing(MadeImage::position))
                .forEach(shadow -> shadows.putIfAbsent(shadow.imageId(), shadow));
        return shadows.values().stream()
                .sorted(Comparator.comparing(MadeImage::position))
                .limit(MOST_PAIRS)
                .map(shadow -> pair(inputs.get(shadow.imageId()), results.get(shadow.position()), shadow))
                .toList();
    }

    private static Pair pair(DemoPicture input, MadeImage stable, MadeImage shadow) {
        return new Pair(
                input.id(),
                stable.position().toString(),
                source(input.encoded()),
                source(stable.image().toBytes()),
                source(shadow.image().toBytes()));
    }

    private static String source(byte[] encoded) {
        return Frame.embedded("", encoded).source();
    }
}
