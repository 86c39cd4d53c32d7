package dev.cyclestream.comparison.report;

import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.comparison.measure.Findings;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.Measured;
import dev.cyclestream.gallery.ShownImage;
import dev.cyclestream.page.ComparisonReport;
import dev.cyclestream.page.ComparisonReport.ComparedPair;
import dev.cyclestream.page.ComparisonReport.Verdict;
import dev.cyclestream.page.Fact;
import dev.cyclestream.page.HistogramPlot;
import dev.cyclestream.page.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A comparison to look at: a page that opens from the file system and loads nothing from elsewhere. */
final class ReportPage {

    private final ComparisonResult result;
    private final ReportTables tables;

    ReportPage(ComparisonResult result) {
        this.result = result;
        this.tables = new ReportTables(result);
    }

    void write(Path file) throws IOException {
        String title = "%s against %s"
                .formatted(result.sides().ofNew().name(), result.sides().ofOld().name());
        Pages.write(
                file,
                new ComparisonReport(
                        title,
                        verdict(),
                        facts(),
                        new ReportText(result).exceptions(),
                        plots(),
                        cycleNote(),
                        tables.measures(),
                        tables.thresholds(),
                        tables.faultsNote(),
                        tables.faults(),
                        tables.sides(),
                        tables.leftOut(),
                        result.settings().shown().worstBy().title(),
                        this::pairs));
    }

    private Verdict verdict() {
        if (result.thresholds().isEmpty()) {
            return new Verdict("", "no thresholds");
        }
        int violated = result.violations().size();
        return violated == 0
                ? new Verdict("passed", "passed")
                : new Verdict(
                        "failed",
                        "failed: %d of %d thresholds"
                                .formatted(violated, result.thresholds().size()));
    }

    private List<Fact> facts() {
        Findings findings = result.findings();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(Long.toString(findings.pairs()), "pairs"));
        facts.add(new Fact(mean(Measure.SSIM), "mean SSIM"));
        facts.add(new Fact(mean(Measure.L1), "mean L1"));
        if (findings.cycles() > 0) {
            facts.add(new Fact(
                    mean(Measure.CYCLE_OLD) + " → " + mean(Measure.CYCLE_NEW), "mean cycle error, old to new"));
        }
        facts.add(new Fact(Long.toString(result.leftOut().missing()), "without a counterpart"));
        return facts;
    }

    private String mean(Measure measure) {
        return ReportText.number(result.findings().distribution(measure).mean());
    }

    private String cycleNote() {
        return result.reverse()
                .map(checkpoint ->
                        "Cycle error: each output, from its encoded bytes, translated back by %s (%.12s) and compared with the input; done for %d of %d pairs."
                                .formatted(
                                        checkpoint.name(),
                                        checkpoint.sha256(),
                                        result.findings().cycles(),
                                        result.pairs()))
                .orElse("Cycle errors were not measured: no checkpoint was given that translates back.");
    }

    private List<HistogramPlot> plots() {
        List<HistogramPlot> plots = new ArrayList<>();
        for (Measure measure : List.of(Measure.SSIM, Measure.L1)) {
            if (count(measure) > 0) {
                plots.add(with(new HistogramPlot(measure.title()), "pairs", measure));
            }
        }
        if (count(Measure.CYCLE_NEW) > 0) {
            HistogramPlot both = with(new HistogramPlot("Cycle error"), "old", Measure.CYCLE_OLD);
            plots.add(with(both, "new", Measure.CYCLE_NEW));
            plots.add(with(new HistogramPlot(Measure.CYCLE_CHANGE.title()), "pairs", Measure.CYCLE_CHANGE));
        }
        return plots;
    }

    private HistogramPlot with(HistogramPlot plot, String name, Measure measure) {
        return plot.of(
                "%s: mean %s".formatted(name, mean(measure)), result.findings().distribution(measure));
    }

    private long count(Measure measure) {
        return result.findings().distribution(measure).count();
    }

    private Iterator<ComparedPair> pairs() {
        return Stream.concat(
                        pairs("worst", result.selected().worst()),
                        pairs("random", result.selected().random()))
                .iterator();
    }

    private static Stream<ComparedPair> pairs(String list, List<Measured> pairs) {
        return IntStream.range(0, pairs.size()).mapToObj(index -> pair(list, index + 1, pairs.get(index)));
    }

    private static ComparedPair pair(String list, int place, Measured measured) {
        return new ComparedPair(
                list,
                place,
                measured.pair().imageId(),
                measured.pair().source().toString(),
                measured.shown().input().map(ShownImage::dataUri).orElse(""),
                measured.shown().outputs().ofOld().dataUri(),
                measured.shown().outputs().ofNew().dataUri(),
                figures(measured),
                List.copyOf(measured.figures().flags()));
    }

    private static List<Fact> figures(Measured measured) {
        return Arrays.stream(Measure.values())
                .filter(measure -> !Double.isNaN(measured.figures().get(measure)))
                .map(measure -> new Fact(ReportText.number(measured.figures().get(measure)), measure.toString()))
                .toList();
    }
}
