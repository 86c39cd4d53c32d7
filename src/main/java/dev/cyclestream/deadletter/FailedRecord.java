package dev.cyclestream.deadletter;

import java.nio.charset.StandardCharsets;

/**
 * The note about an input that failed its transaction.
 *
 * @param failures so far
 * @param trace of the last one, shortened
 */
public record FailedRecord(int failures, String trace) {

    /** Of an input that never failed. */
    static final FailedRecord NEVER = new FailedRecord(0, "");

    private static final int BURIED = -1;

    /** Of an input whose dead letter is written; it is kept until something succeeds. */
    static FailedRecord buried() {
        return new FailedRecord(BURIED, "");
    }

    boolean isBuried() {
        return failures == BURIED;
    }

    /** True if its dead letter is written, or will be. */
    public boolean isGivenUp() {
        return isBuried() || failures >= Attempts.MOST;
    }

    FailedRecord failedAgain(Throwable failure) {
        return new FailedRecord(Math.max(0, failures) + 1, ShortTrace.of(failure));
    }

    public byte[] toBytes() {
        return "%d\n%s".formatted(failures, trace).getBytes(StandardCharsets.UTF_8);
    }

    public static FailedRecord of(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\\R", 2);
        return new FailedRecord(Integer.parseInt(lines[0]), lines.length > 1 ? lines[1] : "");
    }
}
