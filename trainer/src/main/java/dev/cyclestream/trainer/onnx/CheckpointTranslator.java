package dev.cyclestream.trainer.onnx;

import ai.onnxruntime.OrtException;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.InvalidDataException;
import dev.cyclestream.trainer.evaluation.Translator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Translates with an exported checkpoint, on ONNX Runtime. Owns the session. */
public final class CheckpointTranslator implements Translator, AutoCloseable {

    private final Path file;
    private final LoadedCheckpoint session;

    /**
     * Opens the file.
     *
     * @throws InvalidDataException if ONNX Runtime does not take it
     */
    public CheckpointTranslator(Path file) throws IOException {
        this.file = file;
        try {
            session = new LoadedCheckpoint(Files.readAllBytes(file));
        } catch (OrtException e) {
            throw new InvalidDataException(file + ": is no checkpoint that ONNX Runtime runs: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Picture> translate(List<Picture> pictures) {
        try {
            return session.translate(pictures);
        } catch (OrtException e) {
            throw new InvalidDataException(file + ": does not translate: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
