package dev.cyclestream.verification;

/** The verdict on one output. */
public sealed interface Verdict {

    /** The same was made again, byte for byte. */
    record Equal() implements Verdict {}

    /**
     * Something else was made again.
     *
     * @param expected SHA-256 of what was made again, or why nothing was
     * @param found SHA-256 of what is there
     */
    record Different(String expected, String found) implements Verdict {}

    /** The output cannot be made again here and now. */
    record NotChecked(Obstacle why) implements Verdict {}

    /** The reason why an output cannot be made again. */
    enum Obstacle {
        /** Retention or compaction took it, or nobody has its topic. */
        INPUT_GONE("the input is no longer in its topic"),
        /** Its offsets say nothing about the topic of now. */
        TOPIC_MADE_ANEW("the input's topic was made anew under its name"),
        /** No file that was given and no split has this SHA-256, or it cannot be fetched or loaded. */
        CHECKPOINT_UNKNOWN("the checkpoint is not known or cannot be loaded; --checkpoint gives one"),
        /** Rounding differs between devices. */
        OTHER_DEVICE("it was made on another device than the CPU"),
        /** The input or the output is stored elsewhere and not there. */
        REFERENCE_GONE("a stored image is gone or may not be read");

        private final String text;

        Obstacle(String text) {
            this.text = text;
        }

        /** For people. */
        @Override
        public String toString() {
            return text;
        }
    }
}
