package dev.cyclestream.trainer.run;

import com.google.gson.Gson;
import dev.cyclestream.trainer.evaluation.Evaluation;
import dev.cyclestream.trainer.loss.Losses;
import dev.cyclestream.trainer.report.EvaluationHistory;
import dev.cyclestream.trainer.report.MetricsTable;
import dev.cyclestream.trainer.report.RunReport;
import dev.cyclestream.trainer.report.Samples;
import dev.cyclestream.trainer.report.TensorBoardFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The account of a run while it goes on: losses, samples, warnings, evaluations, TensorBoard's events, the report. */
final class RunJournal implements Closeable {

    private static final int TENSORBOARD_EVERY = 10;
    private static final int POINTS_OF_A_PLOT = 600;
    private static final Gson GSON = new Gson();

    private final RunFolder run;
    private final RunDescription description;
    private final TrainingProgress progress;
    private final MetricsFile metrics;
    private final TensorBoardFile tensorBoard;
    private final long stepsBefore;
    private final long startedAt = System.nanoTime();

    /** A line of the file of evaluations. */
    private record EvaluationLine(long step, Map<String, Double> figures) {}

    /** A line of the file of warnings. */
    private record WarningLine(long step, String warning) {}

    /** @param stepsTaken so far; what files say of later steps is dropped, since they are taken again */
    RunJournal(RunFolder run, long stepsTaken, TrainingProgress progress) throws IOException {
        this.run = run;
        this.description = run.description();
        this.progress = progress;
        this.stepsBefore = stepsTaken;
        this.metrics = run.metrics(stepsTaken);
        this.tensorBoard = new TensorBoardFile(run.tensorBoardFolder(), stepsTaken + 1);
        rewrite(run.evaluationsFile(), EvaluationLine.class, line -> line.step() <= stepsTaken);
        rewrite(run.warningsFile(), WarningLine.class, line -> stepsTaken > 0 && line.step() <= stepsTaken);
        progress.started(stepsTaken, description.settings().steps());
    }

    void step(long step, double learningRate, Losses losses) throws IOException {
        metrics.append(step, learningRate, losses);
        if (step % TENSORBOARD_EVERY == 0) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            losses.byName().forEach((name, value) -> numbers.put("loss/" + name, value));
            numbers.put("learning_rate", learningRate);
            tensorBoard.writeNumbers(step, numbers);
        }
        progress.stepTaken(step, losses);
    }

    void samples(long step, Samples samples) throws IOException {
        Path file = run.sampleFile(step);
        samples.writePng(file);
        tensorBoard.writePicture(step, "samples", file);
        for (String warning : samples.warnings()) {
            warn(step, warning);
        }
        report(step);
    }

    void warn(long step, String warning) throws IOException {
        append(run.warningsFile(), new WarningLine(step, warning));
        progress.warned(step, warning);
    }

    void evaluation(long step, Evaluation evaluation) throws IOException {
        Map<String, Double> figures = evaluation.figures();
        append(run.evaluationsFile(), new EvaluationLine(step, figures));
        Map<String, Double> numbers = new LinkedHashMap<>();
        figures.forEach((name, value) -> numbers.put("evaluation/" + name, value));
        tensorBoard.writeNumbers(step, numbers);
        report(step);
    }

    /** Makes what was told visible to readers. */
    void flush() throws IOException {
        metrics.flush();
        tensorBoard.flush();
    }

    private void report(long step) throws IOException {
        flush();
        List<EvaluationLine> evaluations = read(run.evaluationsFile(), EvaluationLine.class);
        RunReport.write(
                run.reportFile(),
                new RunReport.Content(
                        "Run " + run.path().toAbsolutePath().normalize().getFileName(),
                        facts(step),
                        MetricsTable.read(run.metricsFile(), POINTS_OF_A_PLOT),
                        run.sampleFiles(step),
                        new EvaluationHistory(
                                evaluations.stream().map(EvaluationLine::step).toList(),
                                evaluations.stream()
                                        .map(EvaluationLine::figures)
                                        .toList()),
                        read(run.warningsFile(), WarningLine.class).stream()
                                .map(line -> "Step %,d: %s.".formatted(line.step(), line.warning()))
                                .toList(),
                        description.options()));
    }

    private Map<String, String> facts(long step) {
        long steps = description.settings().steps();
        double secondsOfAStep = (System.nanoTime() - startedAt) / 1e9 / Math.max(1, step - stepsBefore);
        double imagesOfAStep = 2.0 * description.settings().images().batchSize();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("of %,d steps".formatted(steps), "%,d".formatted(step));
        facts.put("epochs", "%.1f".formatted((double) step / description.epochLength()));
        facts.put("images/s", "%.1f".formatted(imagesOfAStep / secondsOfAStep));
        Duration left = Duration.ofSeconds((long) (secondsOfAStep * (steps - step)));
        facts.put(
                step < steps ? "left" : "",
                step < steps ? "%d:%02d h".formatted(left.toHours(), left.toMinutesPart()) : "complete");
        return facts;
    }

    private static void append(Path file, Object line) throws IOException {
        Files.writeString(file, GSON.toJson(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The records in the lines of a file, but for a last one that is not whole: its run ended while it was written. */
    private static <T extends Record> List<T> read(Path file, Class<T> type) throws IOException {
        List<T> read = new ArrayList<>();
        if (Files.notExists(file) || Files.size(file) == 0) {
            return read;
        }
        List<String> lines = RunFile.text(file).lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            try {
                read.add(RunFile.parse("%s: line %d".formatted(file, index + 1), lines.get(index), type));
            } catch (InvalidRunException e) {
                if (index < lines.size() - 1) {
                    throw e;
                }
            }
        }
        return read;
    }

    private static <T extends Record> void rewrite(Path file, Class<T> type, Predicate<T> kept) throws IOException {
        if (Files.exists(file)) {
            List<String> lines =
                    read(file, type).stream().filter(kept).map(GSON::toJson).toList();
            Files.write(file, lines);
        }
    }

    @Override
    public void close() throws IOException {
        metrics.close();
        tensorBoard.close();
    }
}
