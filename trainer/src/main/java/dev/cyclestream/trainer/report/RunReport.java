package dev.cyclestream.trainer.report;

import dev.cyclestream.page.Fact;
import dev.cyclestream.page.LinePlot;
import dev.cyclestream.page.Pages;
import dev.cyclestream.page.TrainingRun;
import dev.cyclestream.page.TrainingRun.Sample;
import dev.cyclestream.trainer.data.InvalidDataException;
import dev.cyclestream.trainer.data.PictureFile;
import dev.cyclestream.trainer.evaluation.Figure;
import dev.cyclestream.trainer.loss.LossTerm;
import dev.cyclestream.trainer.loss.LossTerms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One page on a run, which opens from the file system and loads nothing from elsewhere. */
public final class RunReport {

    private static final int MOST_SAMPLES = 24;
    private static final int WIDEST_SAMPLE = 1100;

    private final Content content;

    /**
     * The content of the page.
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
        Pages.write(file, new RunReport(content).page());
    }

    private TrainingRun page() throws IOException {
        return new TrainingRun(
                content.title(),
                facts(content.facts()),
                content.warnings(),
                samples(),
                losses(),
                evaluation(),
                facts(content.settings()));
    }

    private static List<Fact> facts(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> new Fact(entry.getValue(), entry.getKey()))
                .toList();
    }

    /** Sample grids, thinned out evenly, the newest always among them. */
    private List<Sample> samples() throws IOException {
        List<Long> steps = new ArrayList<>(content.samples().keySet());
        List<Sample> samples = new ArrayList<>();
        int shown = Math.min(MOST_SAMPLES, steps.size());
        for (int index = 1; index <= shown; index++) {
            long step = steps.get((int) ((long) index * steps.size() / shown) - 1);
            jpeg(content.samples().get(step)).ifPresent(jpeg -> samples.add(new Sample(step, dataUri(jpeg))));
        }
        return samples;
    }

    private static String dataUri(byte[] jpeg) {
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
    }

    /** Empty if the file is not whole: no reason to end a run. */
    private static Optional<byte[]> jpeg(Path sample) throws IOException {
        try {
            return Optional.of(PictureFile.toJpeg(sample, WIDEST_SAMPLE));
        } catch (InvalidDataException e) {
            return Optional.empty();
        }
    }

    private List<LinePlot> losses() {
        MetricsTable table = content.losses();
        if (table.steps().isEmpty()) {
            return List.of();
        }
        List<LinePlot> plots = new ArrayList<>();
        for (LossTerm term : LossTerms.ALL) {
            if (table.columns().keySet().containsAll(term.columns())) {
                plots.add(plot(term));
            }
        }
        plots.add(new LinePlot("Learning rate", table.steps())
                .line("rate", table.columns().get("learning_rate")));
        return plots;
    }

    private LinePlot plot(LossTerm term) {
        MetricsTable table = content.losses();
        LinePlot plot = new LinePlot(term.title(), table.steps()).smooth();
        for (int side = 0; side < term.columns().size(); side++) {
            plot.line(
                    term.sides().list().get(side).title(),
                    table.columns().get(term.columns().get(side)));
        }
        return plot;
    }

    private List<LinePlot> evaluation() {
        EvaluationHistory history = content.evaluations();
        if (history.steps().isEmpty()) {
            return List.of();
        }
        List<LinePlot> plots = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            String name = figure.name().toLowerCase(Locale.ROOT);
            if (history.has(name + "_ab")) {
                plots.add(new LinePlot(figure.title(), history.steps())
                        .line("A to B", history.values(name + "_ab"))
                        .line("B to A", history.values(name + "_ba")));
            }
        }
        return plots;
    }
}
