package dev.cyclestream.trainer.report;

import dev.cyclestream.file.WholeFile;
import dev.cyclestream.trainer.data.InvalidDataException;
import dev.cyclestream.trainer.data.PictureFile;
import dev.cyclestream.trainer.evaluation.Figure;
import dev.cyclestream.trainer.loss.LossTerm;
import dev.cyclestream.trainer.loss.LossTerms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One page on a run, which opens from the file system and loads nothing from elsewhere. */
public final class RunReport {

    private static final String TEMPLATE = "report.html";
    private static final int MOST_SAMPLES = 24;
    private static final int WIDEST_SAMPLE = 1100;

    private final Content content;

    /**
     * What the page tells.
     *
     * @param title of the run
     * @param facts values by their names, for the row of numbers at the top
     * @param losses the table of losses, and the column {@code learning_rate}
     * @param samples files of sample grids by their step, in order
     * @param evaluations by their step, in order
     * @param warnings sentences, oldest first
     * @param settings the run's options, by their names
     */
    public record Content(
            String title,
            Map<String, String> facts,
            MetricsTable losses,
            Map<Long, Path> samples,
            EvaluationHistory evaluations,
            List<String> warnings,
            Map<String, String> settings) {}

    private RunReport(Content content) {
        this.content = content;
    }

    /** Writes the page aside and renames it, so that whoever looks sees a whole one. */
    public static void write(Path file, Content content) throws IOException {
        WholeFile.write(file, new RunReport(content).html().getBytes(StandardCharsets.UTF_8));
    }

    private String html() throws IOException {
        try (InputStream template = RunReport.class.getResourceAsStream(TEMPLATE)) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{{title}}", HtmlText.escape(content.title()))
                    .replace("{{facts}}", facts())
                    .replace("{{warnings}}", warnings())
                    .replace("{{samples}}", samples())
                    .replace("{{losses}}", losses())
                    .replace("{{evaluation}}", evaluation())
                    .replace("{{settings}}", settings());
        }
    }

    private String facts() {
        StringBuilder list = new StringBuilder();
        content.facts()
                .forEach((name, value) ->
                        list.append("<li><b>%s</b> %s</li>".formatted(HtmlText.escape(value), HtmlText.escape(name))));
        return list.toString();
    }

    private String warnings() {
        if (content.warnings().isEmpty()) {
            return "";
        }
        StringBuilder list = new StringBuilder("<section class=\"warnings\"><h2>Warnings</h2><ul>");
        content.warnings()
                .forEach(warning ->
                        list.append("<li>").append(HtmlText.escape(warning)).append("</li>"));
        return list.append("</ul></section>").toString();
    }

    /** Sample grids, thinned out evenly, the newest always among them. */
    private String samples() throws IOException {
        List<Long> steps = new ArrayList<>(content.samples().keySet());
        if (steps.isEmpty()) {
            return "<p>No samples yet.</p>";
        }
        StringBuilder images = new StringBuilder();
        int shown = Math.min(MOST_SAMPLES, steps.size());
        for (int index = 1; index <= shown; index++) {
            long step = steps.get((int) ((long) index * steps.size() / shown) - 1);
            Optional<byte[]> jpeg = jpeg(content.samples().get(step));
            if (jpeg.isEmpty()) {
                continue;
            }
            images.append(
                    "<img data-step=\"%d\" alt=\"Samples after %d steps: input, translated, back again, identity; images of A on the left, of B on the right\" src=\"data:image/jpeg;base64,%s\"%s>"
                            .formatted(
                                    step,
                                    step,
                                    Base64.getEncoder().encodeToString(jpeg.get()),
                                    index == shown ? "" : " hidden"));
        }
        return images.toString();
    }

    /** Empty if the file is not whole: no reason to end a run. */
    private static Optional<byte[]> jpeg(Path sample) throws IOException {
        try {
            return Optional.of(PictureFile.toJpeg(sample, WIDEST_SAMPLE));
        } catch (InvalidDataException e) {
            return Optional.empty();
        }
    }

    private String losses() {
        MetricsTable table = content.losses();
        if (table.steps().isEmpty()) {
            return "<p>No steps yet.</p>";
        }
        StringBuilder plots = new StringBuilder();
        for (LossTerm term : LossTerms.ALL) {
            if (table.columns().keySet().containsAll(term.columns())) {
                plots.append(plot(term));
            }
        }
        return plots.append(new LinePlot("Learning rate", table.steps())
                        .line("rate", table.columns().get("learning_rate"))
                        .html(false))
                .toString();
    }

    private String plot(LossTerm term) {
        MetricsTable table = content.losses();
        LinePlot plot = new LinePlot(term.title(), table.steps());
        for (int side = 0; side < term.columns().size(); side++) {
            plot.line(
                    term.sides().list().get(side).title(),
                    table.columns().get(term.columns().get(side)));
        }
        return plot.html(true);
    }

    private String evaluation() {
        EvaluationHistory history = content.evaluations();
        if (history.steps().isEmpty()) {
            return "<p>Not evaluated: <code>--evaluate-every N</code> does it while training, <code>evaluate</code> at any time.</p>";
        }
        StringBuilder plots = new StringBuilder();
        for (Figure figure : Figure.values()) {
            String name = figure.name().toLowerCase(Locale.ROOT);
            if (history.has(name + "_ab")) {
                plots.append(new LinePlot(figure.title(), history.steps())
                        .line("A to B", history.values(name + "_ab"))
                        .line("B to A", history.values(name + "_ba"))
                        .html(false));
            }
        }
        return plots.toString();
    }

    private String settings() {
        StringBuilder rows = new StringBuilder();
        content.settings()
                .forEach((name, value) -> rows.append("<tr><th scope=\"row\">%s</th><td>%s</td></tr>"
                        .formatted(HtmlText.escape(name), HtmlText.escape(value))));
        return rows.toString();
    }
}
