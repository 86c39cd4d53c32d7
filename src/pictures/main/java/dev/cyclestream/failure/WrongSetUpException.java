package dev.cyclestream.failure;

import java.util.List;

/**
 * A set-up that the user can mend: a setting, or two that do not go together, a folder that cannot be used as asked. The message
 * names it, and says what was expected and what was found.
 */
public class WrongSetUpException extends RuntimeException {

    private final transient List<String> faults;

    public WrongSetUpException(String message) {
        super(message);
        faults = List.of(message);
    }

    public WrongSetUpException(String message, Throwable cause) {
        super(message, cause);
        faults = List.of(message);
    }

    /** @param faults all that is wrong, at least one */
    public WrongSetUpException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** All that is wrong, each in a line of its own. */
    public final List<String> faults() {
        return faults;
    }
}
