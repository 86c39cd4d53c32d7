package dev.cyclestream.rollout;

import java.time.Instant;

/**
 * A split, and how it came about.
 *
 * @param by user and machine of whoever announced it
 */
public record Announcement(Split split, Action action, String by, Instant at) {

    /** The command that announced a split. */
    public enum Action {
        /** A candidate goes on trial, or its share changes. */
        START("start"),
        /** The candidate becomes stable. */
        PROMOTE("promote"),
        /** The candidate goes, or the earlier stable one comes back. */
        ROLL_BACK("roll-back");

        private final String text;

        Action(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
