package dev.cyclestream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the settings leave enough time. A stream thread reads several partitions, and commits or asks the brokers for more
 * only when it has been through them: if that takes longer than a transaction may last, everything is undone for ever.
 *
 * @param threads of this instance
 * @param partitions of the input topics, all together: this instance may be the only one
 * @param largestImage how long the largest image that is accepted takes, with nothing beside it
 * @param workers batches in flight
 */
public record StartUpCheck(int threads, int partitions, Duration largestImage, int workers) {

    /** Share of a limit that may be used up: machines are slower at times. */
    private static final int SAFETY = 2;

    /** What brokers grant, unless they are told otherwise: {@code transaction.max.timeout.ms}. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

    /** The default if it is long enough for the largest image, otherwise what is. */
    public Duration fittingTransactionTimeout() {
        Duration needed = Duration.ofSeconds(leastTransactionTimeout().toSeconds() + 1);
        Duration standard = StreamSettings.Tuning.DEFAULT.transactionTimeout();
        if (needed.compareTo(standard) <= 0) {
            return standard;
        }
        return needed.compareTo(LONGEST_TRANSACTION) < 0 ? needed : LONGEST_TRANSACTION;
    }

    /** The default if so many can be done in time, otherwise as many as can. */
    public int fittingBufferedRecords() {
        int standard = StreamSettings.Tuning.DEFAULT.bufferedRecords();
        return (int) Math.max(1, Math.min(standard, mostBufferedRecords()));
    }

    /** What must be changed, a line each; empty if all is well. */
    public List<String> violations(StreamSettings settings, OutputLimits limits) {
        List<String> violations = new ArrayList<>();
        Duration allowed = settings.tuning().transactionTimeout();
        if (leastTransactionTimeout().compareTo(allowed) > 0) {
            violations.add(
                    "a thread has %d partitions and the largest image takes %s: a transaction may last %s, and transaction.timeout.ms allows %s; set --transaction-timeout to at least %s, or --max-side lower"
                            .formatted(
                                    tasksOfAThread(),
                                    text(underLoad()),
                                    text(transaction()),
                                    text(allowed),
                                    seconds(leastTransactionTimeout())));
        }
        int buffered = settings.tuning().bufferedRecords();
        if (buffered > mostBufferedRecords()) {
            violations.add("%d buffered records of %d partitions may take %s, and max.poll.interval.ms allows %s; %s"
                    .formatted(
                            buffered,
                            tasksOfAThread(),
                            text(transaction().multipliedBy(buffered)),
                            text(StreamSettings.MAX_POLL_INTERVAL),
                            mostBufferedRecords() >= 1
                                    ? "set --buffered-records to at most " + mostBufferedRecords()
                                    : "set --max-side lower, or --threads higher"));
        }
        violations.addAll(deadLetters(settings, limits.of(settings.deadLetterTopic())));
        return violations;
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

    /** What was found, for people. */
    public String describe() {
        return "%d partitions, %d threads, %d workers; the largest image takes %s, or %s when all threads have one"
                .formatted(partitions, threads, workers, text(largestImage), text(underLoad()));
    }

    /** Between two commits, a thread does at least one image of each of its partitions. */
    private Duration transaction() {
        return underLoad().multipliedBy(tasksOfAThread());
    }

    private Duration leastTransactionTimeout() {
        return transaction().multipliedBy(SAFETY);
    }

    private long mostBufferedRecords() {
        return StreamSettings.MAX_POLL_INTERVAL.toMillis()
                / Math.max(1, transaction().multipliedBy(SAFETY).toMillis());
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

    private static String seconds(Duration duration) {
        return "PT" + (duration.toSeconds() + 1) + "S";
    }
}
