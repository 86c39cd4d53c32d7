package dev.cyclestream.deadletter;

/** A failure that was written down, perhaps by another instance; its trace is that of then. */
final class EarlierFailureException extends RuntimeException {

    private final String trace;

    /** @param trace begins with what failed */
    EarlierFailureException(String trace) {
        super(trace.lines().findFirst().orElse(""));
        this.trace = trace;
    }

    String trace() {
        return trace;
    }
}
