package dev.cyclestream.trainer.onnx;

import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.evaluation.CycleErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The origin of a generator, as its checkpoint says it.
 *
 * @param direction which way the generator translates
 * @param domains names of the domains, for people
 * @param architecture short name of the network
 * @param precision how the weights are kept
 * @param trainingSize side of the training images in pixels
 * @param training the run that learned the weights
 * @param cycleErrors on held-out pictures; empty if there are none
 */
public record CheckpointMetadata(
        Direction direction,
        Domains domains,
        String architecture,
        Precision precision,
        int trainingSize,
        Training training,
        Optional<CycleErrors> cycleErrors) {

    /** Of a generator that was not tried on held-out pictures. */
    public CheckpointMetadata(
            Direction direction,
            Domains domains,
            String architecture,
            Precision precision,
            int trainingSize,
            Training training) {
        this(direction, domains, architecture, precision, trainingSize, training, Optional.empty());
    }

    /** All keys begin with this. */
    static final String PREFIX = "cyclestream.";

    /** Grows when the meaning of the keys or of the graph's ends changes. */
    static final String FORMAT_VERSION = "1";

    static final String DIRECTION = PREFIX + "direction";
    static final String ARCHITECTURE = PREFIX + "architecture";
    static final String STEPS = PREFIX + "steps";

    /** Names of the two domains. */
    public record Domains(String a, String b) {}

    /**
     * The run that learned the weights.
     *
     * @param runId of the training run whose settings are given
     * @param averagedRunIds of the runs whose saved states the weights are the mean of; one for states of the same run
     * @param epoch passes over the data set that were completed
     * @param steps training steps taken when the weights were saved, those of runs before included; in order, several
     *     for the mean of several saved states
     * @param hyperParameters the settings of the run, as JSON
     * @param dataSetFingerprint SHA-256 of the training images
     * @param toolVersion version of the trainer
     */
    public record Training(
            String runId,
            List<String> averagedRunIds,
            long epoch,
            List<Long> steps,
            String hyperParameters,
            String dataSetFingerprint,
            String toolVersion) {

        private long lastStep() {
            return steps.get(steps.size() - 1);
        }
    }

    /** Flat keys and values. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(PREFIX + "format-version", FORMAT_VERSION);
        properties.put(DIRECTION, direction.name());
        properties.put(PREFIX + "domain-a", domains.a());
        properties.put(PREFIX + "domain-b", domains.b());
        properties.put(ARCHITECTURE, architecture);
        properties.put(PREFIX + "precision", precision.toString());
        properties.put(PREFIX + "training-size", Integer.toString(trainingSize));
        properties.put(PREFIX + "run-id", training.runId());
        properties.put(PREFIX + "epoch", Long.toString(training.epoch()));
        properties.put(STEPS, Long.toString(training.lastStep()));
        if (training.steps().size() > 1) {
            String steps = training.steps().stream().map(String::valueOf).collect(Collectors.joining(","));
            properties.put(PREFIX + "averaged-steps", steps);
        }
        if (training.averagedRunIds().size() > 1) {
            properties.put(PREFIX + "averaged-run-ids", String.join(",", training.averagedRunIds()));
        }
        properties.put(PREFIX + "hyper-parameters", training.hyperParameters());
        properties.put(PREFIX + "data-set-fingerprint", training.dataSetFingerprint());
        properties.put(PREFIX + "tool-version", training.toolVersion());
        cycleErrors.ifPresent(errors -> {
            properties.put(PREFIX + "cycle-errors.pictures", Integer.toString(errors.pictures()));
            properties.put(
                    PREFIX + "cycle-errors.quantiles",
                    errors.quantiles().stream()
                            .map(quantile -> String.format(Locale.ROOT, "%.4f", quantile))
                            .collect(Collectors.joining(",")));
        });
        return properties;
    }

    /** The self-test: a picture and what the generator must make of it, to within 1 of 255. */
    static Map<String, String> selfTest(int width, int height, String input, String output) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(PREFIX + "self-test.width", Integer.toString(width));
        properties.put(PREFIX + "self-test.height", Integer.toString(height));
        properties.put(PREFIX + "self-test.input", input);
        properties.put(PREFIX + "self-test.output", output);
        return properties;
    }
}
