package dev.cyclestream.trainer.onnx;

/** A generator that was not written, because its graph does not give what the trained network gives. */
public final class CheckpointExportException extends RuntimeException {

    CheckpointExportException(String message) {
        super(message);
    }

    CheckpointExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
