package dev.cyclestream.deadletter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A stack trace that fits into a header: from where the failure began outwards, a few lines each. */
final class ShortTrace {

    private static final int LONGEST = 8192;
    private static final int LINES = 20;

    private ShortTrace() {}

    static String of(Throwable failure) {
        List<Throwable> fromTheRoot = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EarlierFailureException earlier) {
                return earlier.trace();
            }
            fromTheRoot.add(0, cause);
        }
        String text = fromTheRoot.stream().map(ShortTrace::lines).collect(Collectors.joining("\nled to "));
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static String lines(Throwable failure) {
        return failure
                + Arrays.stream(failure.getStackTrace())
                        .limit(LINES)
                        .map(line -> "\n\tat " + line)
                        .collect(Collectors.joining());
    }
}
