package dev.cyclestream.cli.rollout;

import dev.cyclestream.rollout.HostName;

/** The user and the machine of a command, for the history. */
final class Operator {

    /** Java's name for a user whom the machine has no name for, as most containers. */
    private static final String NAMELESS = "?";

    private Operator() {}

    /** {@code user@host}. */
    static String describe() {
        String user = System.getProperty("user.name", NAMELESS);
        return "%s@%s".formatted(user.equals(NAMELESS) ? "unknown" : user, HostName.own());
    }
}
