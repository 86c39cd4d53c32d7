package dev.cyclestream.trainer.data;

import java.util.List;

/** A data set that cannot be trained on as it is; the message says which file, what was expected and what was found. */
public final class InvalidDataException extends RuntimeException {

    private final transient List<String> lines;

    public InvalidDataException(String message) {
        super(message);
        this.lines = List.of(message);
    }

    /** @param lines all that is wrong, at least one */
    InvalidDataException(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
        this.lines = List.of(message);
    }

    /** All that is wrong, each in a line of its own. */
    public List<String> lines() {
        return lines;
    }
}
