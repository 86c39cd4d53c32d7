package dev.cyclestream.service;

/** The exit codes of commands. */
public final class ExitCode {

    /** Done. */
    public static final int OK = 0;

    /** Something in the world failed. */
    public static final int SOFTWARE = 1;

    /** Wrong use or set-up. */
    public static final int USAGE = 2;

    /** The verdict is against what was judged: a threshold of compare is violated, or an output of verify differs. */
    public static final int REFUTED = 3;

    private ExitCode() {}
}
