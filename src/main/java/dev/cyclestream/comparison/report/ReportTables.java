package dev.cyclestream.comparison.report;

import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.comparison.measure.Distribution;
import dev.cyclestream.comparison.measure.InputState;
import dev.cyclestream.comparison.measure.MadeBy;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.Share;
import dev.cyclestream.comparison.measure.Statistic;
import dev.cyclestream.comparison.measure.Threshold;
import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.comparison.pairing.SideSummary;
import dev.cyclestream.picture.Fault;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a report's page. */
final class ReportTables {

    private static final int SHA256_SHOWN = 12;

    private final ComparisonResult result;

    ReportTables(ComparisonResult result) {
        this.result = result;
    }

    String thresholds() {
        if (result.thresholds().isEmpty()) {
            return "<p class=\"soft\">None was given: --fail-below ssim=0.5, for example.</p>";
        }
        StringBuilder rows = new StringBuilder(header("", "name", "fail", "limit", "found"));
        for (Threshold.Result checked : result.thresholds()) {
            rows.append("<tr class=\"%s\">%s</tr>"
                    .formatted(
                            checked.isViolated() ? "failed" : "passed",
                            cells(
                                    checked.isViolated() ? "✗" : "✓",
                                    checked.threshold().name(),
                                    checked.threshold().bound().toString(),
                                    Threshold.number(checked.threshold().limit()),
                                    ReportText.number(checked.found()))));
        }
        return table(rows);
    }

    String measures() {
        List<String> titles = Stream.concat(
                        Stream.of("", "pairs"), Stream.of(Statistic.values()).map(Statistic::toString))
                .toList();
        StringBuilder rows = new StringBuilder(header(titles.toArray(String[]::new)));
        for (Measure measure : Measure.values()) {
            Distribution distribution = result.findings().distribution(measure);
            if (distribution.count() > 0) {
                List<String> cells = Stream.concat(
                                Stream.of(measure.title(), Long.toString(distribution.count())),
                                Stream.of(Statistic.values())
                                        .map(statistic -> ReportText.number(statistic.of(distribution))))
                        .toList();
                rows.append("<tr>%s</tr>".formatted(cells(cells.toArray(String[]::new))));
            }
        }
        return table(rows);
    }

    String faults() {
        StringBuilder rows = new StringBuilder(header("", "old", "new"));
        for (Fault fault : Fault.values()) {
            Both<Long> counts = result.findings().faults(fault);
            rows.append("<tr>%s</tr>"
                    .formatted(cells(
                            fault.toString(),
                            counts.ofOld().toString(),
                            counts.ofNew().toString())));
        }
        StringBuilder shares = new StringBuilder(header("share", "", "of 1"));
        for (Share share : Share.values()) {
            shares.append("<tr>%s</tr>"
                    .formatted(cells(
                            share.toString(),
                            share.text(),
                            ReportText.number(share.of(result.findings(), result.leftOut())))));
        }
        return "<p class=\"soft\">Seen against the input, in %d pairs that have one.</p>"
                        .formatted(result.findings().inputs(InputState.THERE))
                + table(rows)
                + table(shares);
    }

    String sides() {
        StringBuilder rows = new StringBuilder(header(
                "",
                "read from",
                "images",
                "replaced",
                "checkpoint",
                "SHA-256",
                "epoch",
                "training run",
                "replay",
                "pairs"));
        side(rows, "old", result.sides().ofOld(), result.findings().madeBy().ofOld());
        side(rows, "new", result.sides().ofNew(), result.findings().madeBy().ofNew());
        return table(rows);
    }

    private static void side(StringBuilder rows, String name, SideSummary side, Map<MadeBy, Long> madeBy) {
        String images = Long.toString(side.images());
        String replaced = Long.toString(side.replaced());
        if (madeBy.isEmpty()) {
            rows.append("<tr>%s</tr>"
                    .formatted(cells(name, side.name(), images, replaced, "not said", "", "", "", "", "")));
        }
        madeBy.forEach((maker, pairs) -> rows.append("<tr>%s</tr>"
                .formatted(cells(
                        name,
                        side.name(),
                        images,
                        replaced,
                        maker.checkpoint(),
                        shortened(maker.sha256()),
                        maker.epoch().map(Object::toString).orElse("not said"),
                        maker.trainingRun().orElse("not said"),
                        maker.replay().orElse("none"),
                        pairs.toString()))));
    }

    private static String shortened(String sha256) {
        return sha256.substring(0, Math.min(SHA256_SHOWN, sha256.length()));
    }

    /** What has no counterpart, by kind; the lists fold. */
    String leftOut() {
        StringBuilder html = new StringBuilder();
        for (LeftOut.Kind kind : LeftOut.Kind.values()) {
            long count = result.leftOut().count(kind);
            if (count > 0) {
                String list = result.leftOut().list(kind).stream()
                        .map(HtmlText::escape)
                        .collect(Collectors.joining("<br>"));
                html.append("<details><summary>%s: <b>%d</b> %s</summary><p class=\"list\">%s</p></details>"
                        .formatted(kind, count, kind.text(), list));
            }
        }
        return html.isEmpty() ? "<p class=\"soft\">Everything has its counterpart.</p>" : html.toString();
    }

    private static String table(StringBuilder rows) {
        return "<div class=\"scroll\"><table>%s</table></div>".formatted(rows);
    }

    private static String header(String... titles) {
        return "<tr>%s</tr>"
                .formatted(Stream.of(titles)
                        .map(title -> "<th>" + HtmlText.escape(title) + "</th>")
                        .collect(Collectors.joining()));
    }

    private static String cells(String... values) {
        return Stream.of(values)
                .map(value -> "<td>" + HtmlText.escape(value) + "</td>")
                .collect(Collectors.joining());
    }
}
