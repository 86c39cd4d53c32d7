package dev.cyclestream.service;

/** The exit codes of a service. */
public final class ExitCode {

    /** Done. */
    public static final int OK = 0;

    /** Something in the world failed. */
    public static final int SOFTWARE = 1;

    /** Wrong use or set-up. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
