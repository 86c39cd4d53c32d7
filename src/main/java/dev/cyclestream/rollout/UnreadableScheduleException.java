package dev.cyclestream.rollout;

import dev.cyclestream.failure.WrongSetUpException;

/** A record of a roll-out that is neither an announcement nor an activation: what follows it would be a guess. */
public final class UnreadableScheduleException extends WrongSetUpException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;

    UnreadableScheduleException(String where, String expected, String found, Throwable cause) {
        super(
                "%s: expected %s, found \"%s\""
                        .formatted(where, expected, found.length() > SHOWN ? found.substring(0, SHOWN) + "..." : found),
                cause);
    }
}
