package dev.cyclestream.trainer.data;

import dev.cyclestream.failure.WrongSetUpException;
import java.util.List;

/** A data set that cannot be trained on as it is; the message says which file, what was expected and what was found. */
public final class InvalidDataException extends WrongSetUpException {

    public InvalidDataException(String message) {
        super(message);
    }

    /** @param faults all that is wrong, at least one */
    InvalidDataException(List<String> faults) {
        super(faults);
    }

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
