package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.CheckpointMetadata;
import dev.cyclestream.checkpoint.GivenForm;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.checkpoint.SelfTest;
import dev.cyclestream.event.Direction;
import dev.cyclestream.picture.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A generator of others made a checkpoint of our own form, once both gave the same pictures. */
public final class Adoption {

    private static final int SELF_TEST_SIZE = 32;
    private static final int ODD_WIDTH = 61;
    private static final int ODD_HEIGHT = 87;
    private static final String UNKNOWN = "unknown";

    private final byte[] bytes;
    private final GeneratorForm form;

    private Adoption(byte[] bytes, GeneratorForm form) {
        this.bytes = bytes;
        this.form = form;
    }

    /**
     * Adopts a generator.
     *
     * @param version of this program
     * @throws InvalidCheckpointException if its form is not clear, or what it became gives other pictures
     */
    public static Adoption of(Checkpoint foreign, Direction direction, String version) {
        try (OnnxGenerator generator = Generators.load(foreign)) {
            GeneratorForm form = generator.form();
            GivenForm given = foreign.given();
            boolean said = given.valueRange().isPresent() && given.outputRange().isPresent();
            if (!said && !form.warnings().isEmpty()) {
                throw new InvalidCheckpointException(
                        "%s: %s".formatted(foreign.name(), form.warnings().get(0)));
            }
            Picture picture = TrialPictures.of(SELF_TEST_SIZE, SELF_TEST_SIZE).get(0);
            CheckpointMetadata metadata = new CheckpointMetadata(
                    direction,
                    "A",
                    "B",
                    UNKNOWN,
                    foreign.graph().input().type().toString(),
                    Math.max(foreign.graph().width(), foreign.graph().height()),
                    training(foreign, form, version),
                    Optional.empty(),
                    new SelfTest(picture, one(generator, picture)));
            byte[] bytes = foreign.adopted(
                    new GivenForm(
                            Optional.of(form.input()),
                            Optional.of(form.output()),
                            Optional.empty(),
                            Optional.of(form.multipleOf())),
                    metadata);
            requireSame(foreign.name(), generator, bytes);
            return new Adoption(bytes, form);
        }
    }

    private static CheckpointMetadata.Training training(Checkpoint foreign, GeneratorForm form, String version) {
        String from = "{\"adopted\":{\"sha256\":\"%s\",\"valueRange\":\"%s\",\"outputRange\":\"%s\",\"multipleOf\":%d}}"
                .formatted(foreign.sha256(), form.input(), form.output(), form.multipleOf());
        return new CheckpointMetadata.Training("adopted", 0, 0, List.of(), from, UNKNOWN, version);
    }

    private static void requireSame(String name, Generator generator, byte[] bytes) {
        Picture odd = TrialPictures.of(ODD_WIDTH, ODD_HEIGHT).get(1);
        try (OnnxGenerator adopted = Generators.load(Checkpoint.open(name, new ByteArrayInputStream(bytes)))) {
            for (Picture picture : List.of(
                    odd, TrialPictures.of(SELF_TEST_SIZE, SELF_TEST_SIZE).get(0))) {
                int difference = one(adopted, picture).largestDifference(one(generator, picture));
                if (difference > SelfTest.TOLERANCE) {
                    throw new InvalidCheckpointException(
                            "%s: expected pictures at most %d of 255 off those of the generator that was adopted, found %d"
                                    .formatted(name, SelfTest.TOLERANCE, difference));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Picture one(Generator generator, Picture image) {
        return generator.translate(List.of(image)).get(0);
    }

    /** The checkpoint. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The form that was found. */
    public GeneratorForm form() {
        return form;
    }
}
