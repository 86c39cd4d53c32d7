package dev.cyclestream.comparison.report;

import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.comparison.measure.Distribution;
import dev.cyclestream.comparison.measure.InputState;
import dev.cyclestream.comparison.measure.Maker;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.Share;
import dev.cyclestream.comparison.measure.Statistic;
import dev.cyclestream.comparison.measure.Threshold;
import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.comparison.pairing.SideSummary;
import dev.cyclestream.page.ComparisonReport.Fold;
import dev.cyclestream.page.Table;
import dev.cyclestream.page.Table.Row;
import dev.cyclestream.picture.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables of a report's page. */
final class ReportTables {

    private static final int SHA256_SHOWN = 12;

    private static final List<String> SIDES = List.of(
            "", "read from", "images", "replaced", "checkpoint", "SHA-256", "epoch", "training run", "replay", "pairs");

    private final ComparisonResult result;

    ReportTables(ComparisonResult result) {
        this.result = result;
    }

    /** Empty if there are none. */
    Optional<Table> thresholds() {
        if (result.thresholds().isEmpty()) {
            return Optional.empty();
        }
        List<Row> rows = result.thresholds().stream()
                .map(checked -> new Row(
                        checked.isViolated() ? "failed" : "passed",
                        List.of(
                                checked.isViolated() ? "✗" : "✓",
                                checked.threshold().name(),
                                checked.threshold().bound().toString(),
                                Threshold.number(checked.threshold().limit()),
                                ReportText.number(checked.found()))))
                .toList();
        return Optional.of(new Table(List.of("", "name", "fail", "limit", "found"), rows));
    }

    Table measures() {
        List<String> titles = Stream.concat(
                        Stream.of("", "pairs"), Stream.of(Statistic.values()).map(Statistic::toString))
                .toList();
        List<Row> rows = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            Distribution distribution = result.findings().distribution(measure);
            if (distribution.count() > 0) {
                List<String> cells = Stream.concat(
                                Stream.of(measure.title(), Long.toString(distribution.count())),
                                Stream.of(Statistic.values())
                                        .map(statistic -> ReportText.number(statistic.of(distribution))))
                        .toList();
                rows.add(new Row("", cells));
            }
        }
        return new Table(titles, rows);
    }

    String faultsNote() {
        return "Seen against the input, in %d pairs that have one."
                .formatted(result.findings().inputs(InputState.THERE));
    }

    List<Table> faults() {
        List<Row> faults = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            Both<Long> counts = result.findings().faults(fault);
            faults.add(Row.of(
                    fault.toString(), counts.ofOld().toString(), counts.ofNew().toString()));
        }
        List<Row> shares = new ArrayList<>();
        for (Share share : Share.values()) {
            shares.add(Row.of(
                    share.toString(), share.text(), ReportText.number(share.of(result.findings(), result.leftOut()))));
        }
        return List.of(new Table(List.of("", "old", "new"), faults), new Table(List.of("share", "", "of 1"), shares));
    }

    Table sides() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(
                side("old", result.sides().ofOld(), result.findings().makers().ofOld()));
        rows.addAll(
                side("new", result.sides().ofNew(), result.findings().makers().ofNew()));
        return new Table(SIDES, rows);
    }

    private static List<Row> side(String name, SideSummary side, Map<Maker, Long> makers) {
        String images = Long.toString(side.images());
        String replaced = Long.toString(side.replaced());
        if (makers.isEmpty()) {
            return List.of(Row.of(name, side.name(), images, replaced, "not said", "", "", "", "", ""));
        }
        return makers.entrySet().stream()
                .map(made -> Row.of(
                        name,
                        side.name(),
                        images,
                        replaced,
                        made.getKey().checkpoint(),
                        shortened(made.getKey().sha256()),
                        made.getKey().epoch().map(Object::toString).orElse("not said"),
                        made.getKey().trainingRun().orElse("not said"),
                        made.getKey().replay().orElse("none"),
                        made.getValue().toString()))
                .toList();
    }

    private static String shortened(String sha256) {
        return sha256.substring(0, Math.min(SHA256_SHOWN, sha256.length()));
    }

    /** Images without a counterpart, by kind. */
    List<Fold> leftOut() {
        return Arrays.stream(LeftOut.Kind.values())
                .filter(kind -> result.leftOut().count(kind) > 0)
                .map(kind -> new Fold(
                        kind.toString(),
                        result.leftOut().count(kind),
                        kind.text(),
                        result.leftOut().list(kind)))
                .toList();
    }
}
