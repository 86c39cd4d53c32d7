package dev.cyclestream.event;

import java.util.List;

/** Topics whose subjects in the schema registry say that they hold something else than they are to be used for. */
public final class WrongSubjectException extends RuntimeException {

    WrongSubjectException(List<String> complaints) {
        super(String.join("; ", complaints));
    }
}
