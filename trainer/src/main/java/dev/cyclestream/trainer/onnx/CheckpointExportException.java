package dev.cyclestream.trainer.onnx;

import dev.cyclestream.failure.UnavailableException;

/** A generator that was not written, because its graph does not give what the trained network gives. */
public final class CheckpointExportException extends UnavailableException {

    CheckpointExportException(String message) {
        super(message);
    }

    CheckpointExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
