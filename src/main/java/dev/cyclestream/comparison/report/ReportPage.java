package dev.cyclestream.comparison.report;

import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.comparison.measure.Findings;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.Measured;
import dev.cyclestream.file.WholeFile;
import dev.cyclestream.gallery.ShownImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison to look at: a page that opens from the file system and loads nothing from elsewhere. */
final class ReportPage {

    private static final String TEMPLATE = "report.html";

    /** The images, many megabytes of them, are written straight to the file. */
    private static final String PAIRS = "{{pairs}}";

    private final ComparisonResult result;
    private final ReportTables tables;

    ReportPage(ComparisonResult result) {
        this.result = result;
        this.tables = new ReportTables(result);
    }

    void write(Path file) throws IOException {
        String template = template();
        int split = template.indexOf(PAIRS);
        Map<String, String> values = values();
        try (WholeFile whole = new WholeFile(file)) {
            Writer writer = new BufferedWriter(new OutputStreamWriter(whole.content(), StandardCharsets.UTF_8));
            writer.write(HtmlText.fill(template.substring(0, split), values));
            writePairs(writer, "worst", result.exhibits().worst());
            writePairs(writer, "random", result.exhibits().random());
            writer.write(HtmlText.fill(template.substring(split + PAIRS.length()), values));
            writer.flush();
            whole.finish();
        }
    }

    private static String template() throws IOException {
        try (InputStream input = ReportPage.class.getResourceAsStream(TEMPLATE)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        String title = "%s against %s"
                .formatted(result.sides().ofNew().name(), result.sides().ofOld().name());
        values.put("title", HtmlText.escape(title));
        values.put("verdict", verdict());
        values.put("facts", facts());
        values.put("notes", notes());
        values.put("thresholds", tables.thresholds());
        values.put("plots", plots());
        values.put("measures", tables.measures());
        values.put("faults", tables.faults());
        values.put("sides", tables.sides());
        values.put("left-out", tables.leftOut());
        values.put(
                "worst-by", HtmlText.escape(result.settings().shown().worstBy().title()));
        values.put("cycle-note", HtmlText.escape(cycleNote()));
        return values;
    }

    private String verdict() {
        if (result.thresholds().isEmpty()) {
            return "<span class=\"verdict\">no thresholds</span>";
        }
        int violated = result.violations().size();
        return violated == 0
                ? "<span class=\"verdict passed\">passed</span>"
                : "<span class=\"verdict failed\">failed: %d of %d thresholds</span>"
                        .formatted(violated, result.thresholds().size());
    }

    private String facts() {
        Findings findings = result.findings();
        StringBuilder facts = new StringBuilder(fact(Long.toString(findings.pairs()), "pairs"));
        facts.append(fact(mean(Measure.SSIM), "mean SSIM"));
        facts.append(fact(mean(Measure.L1), "mean L1"));
        if (findings.cycles() > 0) {
            facts.append(
                    fact(mean(Measure.CYCLE_OLD) + " → " + mean(Measure.CYCLE_NEW), "mean cycle error, old to new"));
        }
        facts.append(fact(Long.toString(result.leftOut().missing()), "without a counterpart"));
        return facts.toString();
    }

    private String mean(Measure measure) {
        return ReportText.number(result.findings().distribution(measure).mean());
    }

    private static String fact(String value, String label) {
        return "<li><b>%s</b> %s</li>".formatted(HtmlText.escape(value), HtmlText.escape(label));
    }

    private String notes() {
        List<String> lines = new ReportText(result).exceptions();
        if (lines.isEmpty()) {
            return "";
        }
        StringBuilder items = new StringBuilder();
        lines.forEach(line -> items.append("<li>").append(HtmlText.escape(line)).append("</li>"));
        return "<section class=\"notes\"><ul>%s</ul></section>".formatted(items);
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

    private String plots() {
        List<String> plots = new ArrayList<>();
        for (Measure measure : List.of(Measure.SSIM, Measure.L1)) {
            if (count(measure) > 0) {
                plots.add(new HistogramPlot(measure.title())
                        .of("pairs", result.findings().distribution(measure))
                        .html());
            }
        }
        if (count(Measure.CYCLE_NEW) > 0) {
            plots.add(new HistogramPlot("Cycle error")
                    .of("old", result.findings().distribution(Measure.CYCLE_OLD))
                    .of("new", result.findings().distribution(Measure.CYCLE_NEW))
                    .html());
            plots.add(new HistogramPlot(Measure.CYCLE_CHANGE.title())
                    .of("pairs", result.findings().distribution(Measure.CYCLE_CHANGE))
                    .html());
        }
        return plots.isEmpty() ? "<p>There are no pairs.</p>" : String.join("\n", plots);
    }

    private long count(Measure measure) {
        return result.findings().distribution(measure).count();
    }

    private static void writePairs(Writer writer, String list, List<Measured> pairs) throws IOException {
        int place = 0;
        for (Measured measured : pairs) {
            place++;
            String name = "%s %d".formatted(list, place);
            writer.write("<article tabindex=\"0\" data-list=\"%s\" data-flags=\"%s\">"
                    .formatted(list, String.join(" ", measured.figures().flags())));
            writer.write("<div class=\"frames\">");
            writer.write(measured.shown()
                    .input()
                    .map(input -> frame("input", input))
                    .orElse("<figure class=\"none\"><div>no input</div><figcaption>input</figcaption></figure>"));
            writer.write(frame("old", measured.shown().outputs().ofOld()));
            writer.write(frame("new", measured.shown().outputs().ofNew()));
            writer.write("</div>");
            writer.write(caption(name, measured));
            writer.write("</article>\n");
        }
    }

    private static String frame(String caption, ShownImage picture) {
        return "<figure><img loading=\"lazy\" src=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>"
                .formatted(picture.dataUri(), caption, caption);
    }

    private static String caption(String name, Measured measured) {
        StringBuilder figures = new StringBuilder();
        for (Measure measure : Measure.values()) {
            double value = measured.figures().get(measure);
            if (!Double.isNaN(value)) {
                figures.append("<span>%s <b>%s</b></span>".formatted(measure, ReportText.number(value)));
            }
        }
        StringBuilder flags = new StringBuilder();
        measured.figures()
                .flags()
                .forEach(flag ->
                        flags.append("<span class=\"flag\">").append(flag).append("</span>"));
        return "<h3>%s <small>%s</small></h3><p class=\"figures\">%s%s</p><p class=\"source\">%s</p>"
                .formatted(
                        HtmlText.escape(measured.pair().imageId()),
                        name,
                        figures,
                        flags,
                        HtmlText.escape(measured.pair().source().toString()));
    }
}
