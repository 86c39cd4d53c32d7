package dev.cyclestream.trainer;

import dev.cyclestream.failure.WrongSetUpException;

/** A setting, or two that do not go together, that a user can mend; the message names it, what was expected and what was found. */
public final class InvalidSettingException extends WrongSetUpException {

    public InvalidSettingException(String message) {
        super(message);
    }

    public InvalidSettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
