package dev.cyclestream.checkpoint;

import dev.cyclestream.event.Direction;
import dev.cyclestream.picture.Picture;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The metadata inside a checkpoint; schemas/checkpoint-metadata.md lists all keys.
 *
 * @param direction which domain it translates to which
 * @param domainA name of domain A, for people
 * @param domainB name of domain B
 * @param architecture short name of the network
 * @param precision type of its weights
 * @param trainingSize side of the training images in pixels
 * @param training the run that learned the weights
 * @param cycleErrors on held-out pictures; empty if the trainer had none, or was an earlier one
 * @param selfTest proof that the file does what it did when it was exported
 */
public record CheckpointMetadata(
        Direction direction,
        String domainA,
        String domainB,
        String architecture,
        String precision,
        int trainingSize,
        Training training,
        Optional<CycleErrors> cycleErrors,
        SelfTest selfTest) {

    private static final String PREFIX = "cyclestream.";
    private static final String FORMAT_VERSION = "1";
    private static final String CYCLE_ERRORS = "cycle-errors.quantiles";
    private static final String CYCLE_ERRORS_PICTURES = "cycle-errors.pictures";

    /**
     * The run that learned the weights.
     *
     * @param runId unique name of the run
     * @param epoch passes over the data set that were completed
     * @param steps training steps taken
     * @param averagedSteps steps after which the states were saved whose mean the weights are; none for one state's weights
     * @param hyperParameters the settings of the run, as JSON
     * @param dataSetFingerprint SHA-256 of the training images
     * @param toolVersion version of the trainer
     */
    public record Training(
            String runId,
            long epoch,
            long steps,
            List<Long> averagedSteps,
            String hyperParameters,
            String dataSetFingerprint,
            String toolVersion) {}

    /**
     * Reads the flat keys that the trainer writes.
     *
     * @param file name of the file, for messages
     * @throws InvalidCheckpointException if one is missing or makes no sense
     */
    static CheckpointMetadata of(String file, Map<String, String> properties) {
        Properties keys = new Properties(file, properties);
        keys.require("format-version", FORMAT_VERSION);
        return new CheckpointMetadata(
                keys.direction("direction"),
                keys.text("domain-a"),
                keys.text("domain-b"),
                keys.text("architecture"),
                keys.text("precision"),
                (int) keys.number("training-size"),
                new Training(
                        keys.text("run-id"),
                        keys.number("epoch"),
                        keys.number("steps"),
                        keys.numbers("averaged-steps"),
                        keys.text("hyper-parameters"),
                        keys.text("data-set-fingerprint"),
                        keys.text("tool-version")),
                keys.cycleErrors(),
                keys.selfTest());
    }

    /** The flat keys that {@link #of} reads. */
    Map<String, String> toProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(PREFIX + "format-version", FORMAT_VERSION);
        properties.put(PREFIX + "direction", direction.name());
        properties.put(PREFIX + "domain-a", domainA);
        properties.put(PREFIX + "domain-b", domainB);
        properties.put(PREFIX + "architecture", architecture);
        properties.put(PREFIX + "precision", precision);
        properties.put(PREFIX + "training-size", Integer.toString(trainingSize));
        properties.put(PREFIX + "run-id", training.runId());
        properties.put(PREFIX + "epoch", Long.toString(training.epoch()));
        properties.put(PREFIX + "steps", Long.toString(training.steps()));
        properties.put(PREFIX + "hyper-parameters", training.hyperParameters());
        properties.put(PREFIX + "data-set-fingerprint", training.dataSetFingerprint());
        properties.put(PREFIX + "tool-version", training.toolVersion());
        cycleErrors.ifPresent(errors -> {
            properties.put(PREFIX + CYCLE_ERRORS_PICTURES, Long.toString(errors.pictures()));
            properties.put(
                    PREFIX + CYCLE_ERRORS,
                    errors.quantiles().stream().map(String::valueOf).collect(Collectors.joining(",")));
        });
        properties.put(
                PREFIX + "self-test.width", Integer.toString(selfTest.input().width()));
        properties.put(
                PREFIX + "self-test.height", Integer.toString(selfTest.input().height()));
        properties.put(PREFIX + "self-test.input", base64(selfTest.input()));
        properties.put(PREFIX + "self-test.output", base64(selfTest.expected()));
        return properties;
    }

    private static String base64(Picture image) {
        byte[] samples = new byte[image.samples().remaining()];
        image.samples().get(samples);
        return Base64.getEncoder().encodeToString(samples);
    }

    /** The keys of one file; each reader names the file and the key when it fails. */
    private record Properties(String file, Map<String, String> values) {

        String text(String key) {
            String value = values.get(PREFIX + key);
            if (value == null) {
                throw new InvalidCheckpointException(
                        "%s: expected metadata \"%s%s\", found none; the trainer's export command writes it"
                                .formatted(file, PREFIX, key));
            }
            return value;
        }

        void require(String key, String expected) {
            String found = text(key);
            if (!found.equals(expected)) {
                throw invalid(key, "\"" + expected + "\"", found);
            }
        }

        long number(String key) {
            String text = text(key);
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw invalid(key, "a whole number", text);
            }
        }

        /** Whole numbers with commas between them; none where the key is missing. */
        List<Long> numbers(String key) {
            String text = values.getOrDefault(PREFIX + key, "");
            try {
                return text.isEmpty()
                        ? List.of()
                        : Arrays.stream(text.split(",")).map(Long::valueOf).toList();
            } catch (NumberFormatException e) {
                throw invalid(key, "whole numbers with commas between them", text);
            }
        }

        Optional<CycleErrors> cycleErrors() {
            String quantiles = values.get(PREFIX + CYCLE_ERRORS);
            if (quantiles == null || !values.containsKey(PREFIX + CYCLE_ERRORS_PICTURES)) {
                return Optional.empty();
            }
            long pictures = number(CYCLE_ERRORS_PICTURES);
            try {
                return Optional.of(new CycleErrors(
                        pictures,
                        Arrays.stream(quantiles.split(",")).map(Double::valueOf).toList()));
            } catch (IllegalArgumentException e) {
                throw invalid(CYCLE_ERRORS, "five numbers from 0 to 1 that grow, with commas between them", quantiles);
            }
        }

        Direction direction(String key) {
            String text = text(key);
            return Arrays.stream(Direction.values())
                    .filter(direction -> direction.name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> invalid(key, Arrays.toString(Direction.values()), text));
        }

        /** NaN becomes 0 as a byte, so a generator that gives only NaN would pass every comparison with itself. */
        SelfTest selfTest() {
            Picture output = image("self-test.output");
            boolean black = IntStream.range(0, output.samples().limit())
                    .allMatch(sample -> output.samples().get(sample) == 0);
            if (black) {
                throw invalid("self-test.output", "a picture", "black all over, as of a generator that gives NaN");
            }
            return new SelfTest(image("self-test.input"), output);
        }

        Picture image(String key) {
            int width = (int) number("self-test.width");
            int height = (int) number("self-test.height");
            try {
                return new Picture(width, height, Base64.getDecoder().decode(text(key)));
            } catch (IllegalArgumentException e) {
                throw invalid(key, "%d x %d RGB samples in base 64".formatted(height, width), e.getMessage());
            }
        }

        private InvalidCheckpointException invalid(String key, String expected, String found) {
            return new InvalidCheckpointException(
                    "%s: metadata \"%s%s\": expected %s, found \"%s\"".formatted(file, PREFIX, key, expected, found));
        }
    }
}
