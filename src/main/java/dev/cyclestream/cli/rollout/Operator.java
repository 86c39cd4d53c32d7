package dev.cyclestream.cli.rollout;

import dev.cyclestream.rollout.HostName;

/** The user and the machine of a command, for the history. */
final class Operator {

    private Operator() {}

    /** {@code user@host}. */
    static String describe() {
        return "%s@%s".formatted(System.getProperty("user.name", "unknown"), HostName.own());
    }
}
