package dev.cyclestream.replay.comparison;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What came of a comparison: figures, the pairs to show, and the verdict. */
public final class ComparisonResult {

    private static final String PAGE = "report.html";
    private static final String DATA = "report.json";

    private final Both<SideSummary> sides;
    private final Findings findings;
    private final LeftOut leftOut;
    private final Exhibits exhibits;
    private final Comparison.Settings settings;
    private final Optional<Checkpoint> reverse;
    private final List<Threshold.Result> thresholds;

    ComparisonResult(
            Both<SideSummary> sides,
            Findings findings,
            LeftOut leftOut,
            Exhibits exhibits,
            Comparison.Settings settings,
            Optional<Checkpoint> reverse) {
        this.sides = sides;
        this.findings = findings;
        this.leftOut = leftOut;
        this.exhibits = exhibits;
        this.settings = settings;
        this.reverse = reverse;
        this.thresholds = settings.thresholds().stream()
                .map(threshold -> threshold.check(findings, leftOut))
                .toList();
    }

    /** Pairs that were compared. */
    public long pairs() {
        return findings.pairs();
    }

    /** A line for each threshold that is violated. */
    public List<String> violations() {
        return thresholds.stream()
                .filter(Threshold.Result::isViolated)
                .map(Threshold.Result::describe)
                .toList();
    }

    /** What is said at the end of a run. */
    public List<String> summary() {
        return new ReportText(this).lines();
    }

    /** Writes {@code report.html} and {@code report.json} and makes the folders above; returns where the page is. */
    public Path write(Path folder) throws IOException {
        WholeFile.write(folder.resolve(DATA), new ReportJson(this).text().getBytes(StandardCharsets.UTF_8));
        Path page = folder.resolve(PAGE);
        new ReportPage(this).write(page);
        return page;
    }

    /** Records of both sides that are no translated images, each counted once. */
    public long passedOver() {
        long old = sides.ofOld().others().count();
        return sides.ofOld().name().equals(sides.ofNew().name())
                ? old
                : old + sides.ofNew().others().count();
    }

    Both<SideSummary> sides() {
        return sides;
    }

    Findings findings() {
        return findings;
    }

    LeftOut leftOut() {
        return leftOut;
    }

    Exhibits exhibits() {
        return exhibits;
    }

    Comparison.Settings settings() {
        return settings;
    }

    /** What translated the outputs back. */
    Optional<Checkpoint> reverse() {
        return reverse;
    }

    List<Threshold.Result> thresholds() {
        return thresholds;
    }
}
