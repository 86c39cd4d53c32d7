package dev.cyclestream.comparison.report;

import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.comparison.measure.Distribution;
import dev.cyclestream.comparison.measure.Findings;
import dev.cyclestream.comparison.measure.InputState;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.Statistic;
import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.comparison.pairing.SideSummary;
import dev.cyclestream.picture.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison in a few lines. */
public final class ReportText {

    private static final int MOST_NAMED = 5;

    private final ComparisonResult result;

    public ReportText(ComparisonResult result) {
        this.result = result;
    }

    public List<String> lines() {
        Findings findings = result.findings();
        List<String> lines = new ArrayList<>();
        lines.add("compared %d pairs of %s and %s"
                .formatted(
                        findings.pairs(),
                        result.sides().ofOld().name(),
                        result.sides().ofNew().name()));
        for (Measure measure : Measure.values()) {
            if (findings.distribution(measure).count() > 0) {
                lines.add(describe(measure));
            }
        }
        for (Fault fault : Fault.values()) {
            Both<Long> counts = findings.faults(fault);
            if (counts.ofOld() + counts.ofNew() > 0) {
                lines.add("%s: %d of the old, %d of the new".formatted(fault, counts.ofOld(), counts.ofNew()));
            }
        }
        lines.addAll(exceptions());
        return lines;
    }

    private String describe(Measure measure) {
        Distribution distribution = result.findings().distribution(measure);
        return "%s: mean %s, median %s, p05 %s, p95 %s%s"
                .formatted(
                        measure.title(),
                        number(distribution.mean()),
                        number(Statistic.MEDIAN.of(distribution)),
                        number(Statistic.P05.of(distribution)),
                        number(Statistic.P95.of(distribution)),
                        distribution.count() < result.findings().pairs()
                                ? ", of %d pairs".formatted(distribution.count())
                                : "");
    }

    /** Notes on what the figures do not cover. */
    List<String> exceptions() {
        List<String> lines = new ArrayList<>();
        for (LeftOut.Kind kind : LeftOut.Kind.values()) {
            if (result.leftOut().count(kind) > 0) {
                lines.add("not compared: %d %s%s".formatted(result.leftOut().count(kind), kind.text(), first(kind)));
            }
        }
        for (InputState state : InputState.values()) {
            if (state != InputState.THERE && result.findings().inputs(state) > 0) {
                lines.add("without an input: %d, %s".formatted(result.findings().inputs(state), state.text()));
            }
        }
        exceptions(lines, result.sides().ofOld());
        if (!result.sides().ofNew().name().equals(result.sides().ofOld().name())) {
            exceptions(lines, result.sides().ofNew());
        }
        return lines;
    }

    /** The places that somebody has to look at. */
    private String first(LeftOut.Kind kind) {
        List<String> list = result.leftOut().list(kind);
        return kind != LeftOut.Kind.UNREADABLE
                ? ""
                : list.stream()
                        .limit(MOST_NAMED)
                        .collect(Collectors.joining(", ", " (", list.size() > MOST_NAMED ? ", ...)" : ")"));
    }

    private static void exceptions(List<String> lines, SideSummary side) {
        side.gaps().forEach(gap -> lines.add("%s: %s".formatted(side.name(), gap)));
        if (side.replaced() > 0) {
            lines.add("%s: %d translations have a later one of the same input, which was taken%s"
                    .formatted(
                            side.name(),
                            side.replaced(),
                            side.scattered() == 0
                                    ? ""
                                    : "; of %d in two partitions, where nobody knows which is later, the one that lies where the topology writes it today"
                                            .formatted(side.scattered())));
        }
        if (side.others().count() > 0) {
            lines.add("%s: %d records are no translated images and were passed over: %s"
                    .formatted(side.name(), side.others().count(), side.others().first()));
        }
        if (side.others().withoutValue() > 0) {
            lines.add("%s: records without a value, which say that an image was deleted: %d"
                    .formatted(side.name(), side.others().withoutValue()));
        }
    }

    /** Four significant digits are more than these figures mean. */
    static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
    }
}
