package dev.cyclestream.rollout;

import dev.cyclestream.failure.WrongSetUpException;

/** A step of a roll-out that cannot follow from where the roll-out is; nothing was announced. */
public final class RolloutRefusedException extends WrongSetUpException {

    private static final long serialVersionUID = 1L;

    public RolloutRefusedException(String message) {
        super(message);
    }

    public RolloutRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
