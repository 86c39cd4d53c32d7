package dev.cyclestream.failure;

import dev.cyclestream.file.FileNotWrittenException;
import dev.cyclestream.option.OneLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The report of a failure to the user of a command. A failure that is explained says its message and no more. One of files or of
 * the network says its type, too. Everything else is a fault of the program and shows its trace.
 *
 * @param message one line; the faults of a set-up that has several take one each, of which all but the first are indented
 * @param exitCode {@link #FAILED} or {@link #WRONG_USE}
 * @param showsTrace whether the stack trace is to be shown, too
 */
public record FailureReport(String message, int exitCode, boolean showsTrace) {

    /** The exit code where something in the world failed, or the program. */
    public static final int FAILED = 1;

    /** The exit code where the user can mend the use, the set-up or the input. */
    public static final int WRONG_USE = 2;

    private static final String OURS = "dev.cyclestream.";

    public static FailureReport of(Exception failure) {
        if (failure instanceof WrongSetUpException wrong) {
            return new FailureReport(lines(wrong.faults()), WRONG_USE, false);
        }
        if (failure instanceof RejectedException) {
            return ofWrongUse(failure);
        }
        if (failure instanceof UnavailableException || failure instanceof FileNotWrittenException) {
            return ofUnavailable(failure);
        }
        boolean worldBroke = failure instanceof IOException || failure instanceof UncheckedIOException;
        return new FailureReport(OneLine.of(failure.toString()), FAILED, !worldBroke);
    }

    /** The report of a failure whose message names what the user can mend. */
    public static FailureReport ofWrongUse(Exception failure) {
        return new FailureReport(OneLine.of(failure.getMessage()), WRONG_USE, false);
    }

    /** The report of a failure of the world whose message says all. */
    public static FailureReport ofUnavailable(Exception failure) {
        return new FailureReport(OneLine.of(failure.getMessage()), FAILED, false);
    }

    /** True if our own code refuses an argument: what a library refuses, it was given by us. */
    public static boolean isRefusedByUs(Exception failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure instanceof IllegalArgumentException
                && trace.length > 0
                && trace[0].getClassName().startsWith(OURS);
    }

    private static String lines(List<String> faults) {
        return faults.stream().map(OneLine::of).collect(Collectors.joining("\n  "));
    }
}
