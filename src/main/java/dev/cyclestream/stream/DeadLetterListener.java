package dev.cyclestream.stream;

/** Is told of each dead letter; called by many threads. */
@FunctionalInterface
public interface DeadLetterListener {

    /** Keeps nothing. */
    DeadLetterListener NONE = (topic, reason) -> {};

    /**
     * An input can never be translated.
     *
     * @param topic of the input
     * @param reason code
     */
    void deadLetter(String topic, String reason);
}
