package dev.cyclestream.progress;

import java.time.Duration;
import java.util.Optional;

/**
 * The state of an instance at a moment, which tells whether it works. Whoever reads partitions works if the brokers answer,
 * what it needs is there, and what waits is committed in time.
 *
 * @param state of the stream threads, if they do not have their partitions; empty if they do
 * @param brokersSilent how long no broker has answered
 * @param brokerFailure how the last question to them failed; empty if it did not
 * @param registry why the registry is waited for; empty if it is not
 * @param trouble why a partition does not go on; empty if all do
 * @param idle how long images have waited in its partitions without any commit
 * @param unread how long there have been partitions that nobody reads, while this instance has none
 * @param longestTransaction after which a commit is overdue
 */
record Readiness(
        Optional<String> state,
        Duration brokersSilent,
        Optional<String> brokerFailure,
        Optional<String> registry,
        Optional<String> trouble,
        Duration idle,
        Duration unread,
        Duration longestTransaction) {

    /** Shorter than a quarter of a minute, with the pause between two looks; longer than the change of a leader. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(8);

    /** Longer than a rebalance. */
    static final Duration LONGEST_UNREAD = Duration.ofSeconds(15);

    /** Why it does not work; empty if it does. */
    Optional<String> whyNot() {
        if (brokersSilent.compareTo(LONGEST_SILENCE) > 0) {
            return Optional.of("for %d s the brokers have not said how far its group is%s"
                    .formatted(
                            brokersSilent.toSeconds(),
                            brokerFailure.map(why -> ": " + why).orElse("")));
        }
        if (registry.isPresent()) {
            return registry.map(why -> "waits for the schema registry: " + why);
        }
        if (trouble.isPresent()) {
            return trouble.map(why -> "tries again: " + why);
        }
        if (state.isPresent()) {
            return state.map(name -> "waits for its partitions: " + name);
        }
        if (unread.compareTo(LONGEST_UNREAD) > 0) {
            return Optional.of("has no partition, and for %d s nobody has read some of its topics' partitions"
                    .formatted(unread.toSeconds()));
        }
        if (idle.compareTo(longestTransaction) > 0) {
            return Optional.of("images wait, and nothing has been committed for %d s".formatted(idle.toSeconds()));
        }
        return Optional.empty();
    }
}
