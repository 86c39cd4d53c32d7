package dev.cyclestream.checkpoint;

import dev.cyclestream.event.Direction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An exported generator: one ONNX file with its metadata inside, named by the SHA-256 of its bytes.
 *
 * <p>What is hashed, checked and run are the same bytes, read once.
 */
public final class Checkpoint {

    /** Name of the graph's input: uint8 (N, H, W, 3). */
    public static final String INPUT = "image";

    /** Name of the graph's output: uint8 (N, H, W, 3), same size as the input. */
    public static final String OUTPUT = "translated";

    private final String name;
    private final byte[] bytes;
    private final String sha256;
    private final OnnxModel model;
    private final CheckpointMetadata metadata;

    private Checkpoint(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        this.sha256 = DigestUtils.sha256Hex(bytes);
        this.model = OnnxModel.parse(name, bytes);
        this.model.requireImageToImage(INPUT, OUTPUT);
        this.metadata = CheckpointMetadata.of(name, model.metadata());
    }

    /**
     * Opens a file.
     *
     * @throws InvalidCheckpointException if it is not there or no checkpoint
     */
    public static Checkpoint open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidCheckpointException("%s: expected a checkpoint, found %s"
                    .formatted(file, Files.isDirectory(file) ? "a folder" : "no file"));
        }
        return new Checkpoint(file.getFileName().toString(), Files.readAllBytes(file));
    }

    /**
     * Opens a file that is read already.
     *
     * @param name for people
     */
    public static Checkpoint open(String name, InputStream content) throws IOException {
        return new Checkpoint(name, content.readAllBytes());
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

    public CheckpointMetadata metadata() {
        return metadata;
    }

    /**
     * Makes sure that the checkpoint translates this way.
     *
     * @throws InvalidCheckpointException if it translates the other way
     */
    public Checkpoint requireDirection(Direction expected) {
        if (metadata.direction() != expected) {
            throw new InvalidCheckpointException("%s: expected a checkpoint that translates %s, found %s"
                    .formatted(name, expected, metadata.direction()));
        }
        return this;
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
