package dev.cyclestream.failure;

import java.util.List;

/** A set-up that the user can mend; the message says what was expected and what was found. */
public abstract class WrongSetUpException extends RuntimeException {

    private final transient List<String> faults;

    protected WrongSetUpException(String message) {
        super(message);
        faults = List.of(message);
    }

    protected WrongSetUpException(String message, Throwable cause) {
        super(message, cause);
        faults = List.of(message);
    }

    /** @param faults all that is wrong, at least one */
    protected WrongSetUpException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** All that is wrong, each in a line of its own. */
    public final List<String> faults() {
        return faults;
    }
}
