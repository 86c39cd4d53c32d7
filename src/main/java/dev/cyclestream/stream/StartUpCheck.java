package dev.cyclestream.stream;

import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.kafka.TopicLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The check that the settings leave enough time. A stream thread reads several partitions, and commits or asks the brokers for
 * more only when it has been through them: if that takes longer than a transaction may last, everything is undone for ever.
 *
 * @param threads of this instance
 * @param partitions of the input topics, all together: this instance may be the only one
 * @param largestImage how long the largest image that is accepted takes, with nothing beside it, on this machine or on others
 * @param workers batches in flight
 * @param longestTransaction that the brokers grant: {@code transaction.max.timeout.ms}
 */
public record StartUpCheck(
        int threads, int partitions, Duration largestImage, int workers, Duration longestTransaction) {

    /**
     * The factor by which an instance may be slower than measured before it overruns a limit that a user has set: machines are busy at
     * times.
     */
    private static final int SAFETY = 2;

    /**
     * The same where the program chooses. It is more, so that what was chosen is never refused because it takes a little longer
     * when it is measured the next time.
     */
    private static final int SAFETY_OF_CHOICE = 3;

    /** The default if it is long enough for the largest image, otherwise what is, as far as the brokers grant it. */
    public Duration fittingTransactionTimeout() {
        Duration needed = wholeSeconds(transaction().multipliedBy(SAFETY_OF_CHOICE));
        Duration standard = StreamSettings.Tuning.DEFAULT.transactionTimeout();
        return shorter(longestTransaction, needed.compareTo(standard) <= 0 ? standard : needed);
    }

    /** The default if so many can be done in time, otherwise as many as can. */
    public int fittingBufferedRecords() {
        int standard = StreamSettings.Tuning.DEFAULT.bufferedRecords();
        return (int) Math.max(1, Math.min(standard, mostBufferedRecords(SAFETY_OF_CHOICE)));
    }

    /** The settings to change, a line each; empty if all is well. */
    public List<String> violations(StreamSettings settings, OutputLimits limits) {
        List<String> violations = new ArrayList<>(transactions(settings.tuning().transactionTimeout()));
        violations.addAll(buffers(settings.tuning().bufferedRecords()));
        violations.addAll(deadLetters(settings, limits.of(settings.deadLetterTopic())));
        return violations;
    }

    /** The setting to change so that transactions do not take too long; empty if all is well. */
    public Optional<String> complaint(Duration transactionTimeout) {
        return transactions(transactionTimeout).stream().findFirst();
    }

    private List<String> transactions(Duration allowed) {
        if (allowed.compareTo(longestTransaction) > 0) {
            return List.of(
                    "--transaction-timeout: the brokers grant at most %s (transaction.max.timeout.ms), found %s; set it to no more, or theirs higher"
                            .formatted(longestTransaction, allowed));
        }
        Duration least = transaction().multipliedBy(SAFETY);
        if (least.compareTo(allowed) > 0) {
            return List.of(
                    "a thread has %d partitions and the largest image takes %s: a transaction may last %s, and transaction.timeout.ms allows %s; %s"
                            .formatted(
                                    tasksOfAThread(),
                                    text(underLoad()),
                                    text(transaction()),
                                    text(allowed),
                                    cure(wholeSeconds(least))));
        }
        return List.of();
    }

    private String cure(Duration least) {
        return least.compareTo(longestTransaction) <= 0
                ? "set --transaction-timeout to at least %s, or --max-side lower".formatted(least)
                : "set --max-side lower, or --threads higher, since the brokers grant at most %s (transaction.max.timeout.ms)"
                        .formatted(longestTransaction);
    }

    private List<String> buffers(int buffered) {
        long most = mostBufferedRecords(SAFETY);
        if (buffered > most) {
            return List.of("%d buffered records of %d partitions may take %s, and max.poll.interval.ms allows %s; %s"
                    .formatted(
                            buffered,
                            tasksOfAThread(),
                            text(transaction().multipliedBy(buffered)),
                            text(StreamSettings.MAX_POLL_INTERVAL),
                            most >= 1
                                    ? "set --buffered-records to at most " + most
                                    : "set --max-side lower, or --threads higher"));
        }
        return List.of();
    }

    private static List<String> deadLetters(StreamSettings settings, TopicLimits limits) {
        List<String> violations = new ArrayList<>();
        int deadLetterBytes = limits.maxRecordBytes();
        if (deadLetterBytes < StreamSettings.maxRecordBytes(settings.maxImageBytes())) {
            violations.add(
                    "%s: max.message.bytes is %d, and a dead letter may have %d; raise it, or set --max-image-bytes to at most %dB"
                            .formatted(
                                    settings.deadLetterTopic(),
                                    deadLetterBytes,
                                    StreamSettings.maxRecordBytes(settings.maxImageBytes()),
                                    Math.max(0, deadLetterBytes - StreamSettings.OVERHEAD)));
        }
        if (limits.needsKeys()) {
            violations.add(
                    "%s: cleanup.policy is compact, which deletes all but the last dead letter of each key; set it to delete"
                            .formatted(settings.deadLetterTopic()));
        }
        return violations;
    }

    /** The findings, for people. */
    public String describe() {
        return "%d partitions, %d threads, %d workers; the largest image takes %s, or %s when all threads have one"
                .formatted(partitions, threads, workers, text(largestImage), text(underLoad()));
    }

    /** Between two commits, a thread does at least one image of each of its partitions. */
    private Duration transaction() {
        return underLoad().multipliedBy(tasksOfAThread());
    }

    private long mostBufferedRecords(int safety) {
        return StreamSettings.MAX_POLL_INTERVAL.toMillis()
                / Math.max(1, transaction().multipliedBy(safety).toMillis());
    }

    private int tasksOfAThread() {
        return Math.max(1, ceilDiv(partitions, threads));
    }

    private Duration underLoad() {
        return largestImage.multipliedBy(Math.max(1, ceilDiv(threads, workers)));
    }

    private static int ceilDiv(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private static String text(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    private static Duration wholeSeconds(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds() + 1);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
