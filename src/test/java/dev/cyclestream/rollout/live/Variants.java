package dev.cyclestream.rollout.live;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.rollout.NamedCheckpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Checkpoints from A to B that differ in a letter of their description only, and so in their SHA-256. */
public final class Variants {

    /** Field 6 of ONNX's ModelProto, a text: its doc_string. */
    private static final int DOC_STRING = 6 << 3 | 2;

    private Variants() {}

    private static byte[] bytes(char letter) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Files.readAllBytes(DemoCheckpoint.file("a-to-b.onnx")));
        bytes.write(new byte[] {DOC_STRING, 1, (byte) letter});
        return bytes.toByteArray();
    }

    /** Writes files into a folder, and names them. */
    public static Map<Character, NamedCheckpoint> write(Path folder, char... letters) throws IOException {
        Map<Character, NamedCheckpoint> written = new HashMap<>();
        for (char letter : letters) {
            Path file = Files.write(folder.resolve(letter + ".onnx"), bytes(letter));
            written.put(
                    letter,
                    new NamedCheckpoint(
                            checkpoint(letter).sha256(),
                            letter + ".onnx",
                            file.toUri().toString()));
        }
        return written;
    }

    static Checkpoint checkpoint(char letter) {
        try {
            return Checkpoint.open(letter + ".onnx", new ByteArrayInputStream(bytes(letter)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NamedCheckpoint named(char letter) {
        Checkpoint checkpoint = checkpoint(letter);
        return new NamedCheckpoint(checkpoint.sha256(), checkpoint.name(), "file:///" + checkpoint.name());
    }

    static ImageTranslator translator(char letter) {
        return translator(letter, new FakeGenerator());
    }

    static ImageTranslator translator(char letter, Generator generator) {
        return new ImageTranslator(
                checkpoint(letter), generator, new Parallelism(1, 1), ImageCodec.standard(), TranslationMetrics.NONE);
    }
}
