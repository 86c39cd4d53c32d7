package dev.cyclestream.checkpoint;

import dev.cyclestream.event.Direction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An exported generator: one ONNX file, named by the SHA-256 of its bytes. Our trainer's carry metadata and a self-test; those
 * of others carry neither, and are taken for the direction that they are used for.
 *
 * <p>What is hashed, checked and run are the same bytes, read once.
 */
public final class Checkpoint {

    /** As long as an ONNX file without external data can be. */
    private static final long LARGEST_FILE = Integer.MAX_VALUE - 16;

    private final String name;
    private final byte[] bytes;
    private final String sha256;
    private final OnnxModel model;
    private final ImageGraph graph;
    private final GivenForm given;
    private final Optional<CheckpointMetadata> metadata;
    private final Optional<Direction> direction;

    private Checkpoint(String name, byte[] bytes, GivenForm given) {
        this.name = name;
        this.bytes = bytes;
        this.given = given;
        this.sha256 = DigestUtils.sha256Hex(bytes);
        this.model = OnnxModel.parse(name, bytes);
        this.graph = model.imageGraph(given.layout());
        this.metadata =
                graph.isOwnForm() ? Optional.of(CheckpointMetadata.of(name, model.metadata())) : Optional.empty();
        this.direction = metadata.map(CheckpointMetadata::direction);
    }

    private Checkpoint(Checkpoint other, Direction direction) {
        this.name = other.name;
        this.bytes = other.bytes;
        this.sha256 = other.sha256;
        this.model = other.model;
        this.graph = other.graph;
        this.given = other.given;
        this.metadata = other.metadata;
        this.direction = Optional.of(direction);
    }

    /**
     * Opens a file.
     *
     * @throws InvalidCheckpointException if it is not there or no checkpoint
     */
    public static Checkpoint open(Path file) throws IOException {
        return open(file, GivenForm.NONE);
    }

    /**
     * Opens a file of which something is known that it does not say.
     *
     * @param given of no meaning for a checkpoint of our own form, which says all of itself
     * @throws InvalidCheckpointException if it is not there or no checkpoint
     */
    public static Checkpoint open(Path file, GivenForm given) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidCheckpointException("%s: expected a checkpoint, found %s"
                    .formatted(file, Files.isDirectory(file) ? "a folder" : "no file"));
        }
        if (Files.size(file) > LARGEST_FILE) {
            throw new InvalidCheckpointException("%s: expected a checkpoint of at most %d bytes, found %d"
                    .formatted(file, LARGEST_FILE, Files.size(file)));
        }
        return new Checkpoint(file.getFileName().toString(), Files.readAllBytes(file), given);
    }

    /**
     * Opens a file that is read already.
     *
     * @param name for people
     */
    public static Checkpoint open(String name, InputStream content) throws IOException {
        return open(name, content, GivenForm.NONE);
    }

    /** Opens a file that is read already, and of which something is known that it does not say. */
    public static Checkpoint open(String name, InputStream content, GivenForm given) throws IOException {
        return new Checkpoint(name, content.readAllBytes(), given);
    }

    /** File name, for people. */
    public String name() {
        return name;
    }

    /** SHA-256 of the file, in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** Length of the file in bytes. */
    public int size() {
        return bytes.length;
    }

    /** The metadata of the file; empty for a generator that our trainer did not export. */
    public Optional<CheckpointMetadata> metadata() {
        return metadata;
    }

    /** The form in which images go into the graph and come out. */
    public ImageGraph graph() {
        return graph;
    }

    /** The form that was given when the file was opened. */
    public GivenForm given() {
        return given;
    }

    /** The range of what comes out, where the last operators of the graph leave no other. */
    public Optional<ValueRange> shownOutputRange() {
        return model.outputRange();
    }

    /** Names of the operators that the graph uses. */
    public Set<String> operators() {
        return model.operators();
    }

    /**
     * The same generator as a file of our own form.
     *
     * @param form all of it
     * @param metadata what the file shall say of itself
     * @throws InvalidCheckpointException if its operator set does not allow it
     */
    public byte[] adopted(GivenForm form, CheckpointMetadata metadata) {
        return AdoptedGraph.build(name, model.toProto(), graph, form, metadata.toProperties())
                .toByteArray();
    }

    /** The direction; empty if neither the file nor the user names it. */
    public Optional<Direction> direction() {
        return direction;
    }

    /**
     * The checkpoint for use in one direction.
     *
     * @throws InvalidCheckpointException if its metadata say that it translates the other way
     */
    public Checkpoint requireDirection(Direction expected) {
        if (direction.isPresent() && direction.get() != expected) {
            throw new InvalidCheckpointException("%s: expected a checkpoint that translates %s, found %s"
                    .formatted(name, expected, direction.get()));
        }
        return direction.isPresent() ? this : new Checkpoint(this, expected);
    }

    /** Name, type and shape of the graph's input and output, a line each. */
    public List<String> signature() {
        return model.signature();
    }

    /** The file's bytes, for the runtime to load. */
    public InputStream content() {
        return new ByteArrayInputStream(bytes);
    }
}
