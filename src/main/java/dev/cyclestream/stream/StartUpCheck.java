package dev.cyclestream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether the settings leave enough time. A stream thread reads several partitions, and commits or asks the brokers for more
 * only when it has been through them: if that takes longer than a transaction may last, everything is undone for ever.
 *
 * @param partitions of the input topics, all together
 * @param largestImage how long the largest image that is accepted takes, with nothing beside it
 * @param workers batches in flight
 */
public record StartUpCheck(StreamSettings settings, int partitions, Duration largestImage, int workers) {

    /** Share of a limit that may be used up: machines are slower at times. */
    private static final int SAFETY = 2;

    /** What must be changed, a line each; empty if all is well. */
    public List<String> violations(Map<String, Integer> maxMessageBytes) {
        List<String> violations = new ArrayList<>();
        Duration transaction = underLoad().multipliedBy(tasksOfAThread());
        if (transaction.multipliedBy(SAFETY).compareTo(settings.tuning().transactionTimeout()) > 0) {
            violations.add(
                    "a thread has %d partitions and the largest image takes %s: a transaction may last %s, and transaction.timeout.ms allows %s; set --transaction-timeout to at least %s, or --max-side lower"
                            .formatted(
                                    tasksOfAThread(),
                                    text(underLoad()),
                                    text(transaction),
                                    text(settings.tuning().transactionTimeout()),
                                    seconds(transaction.multipliedBy(SAFETY))));
        }
        Duration round = transaction.multipliedBy(settings.tuning().bufferedRecords());
        if (round.multipliedBy(SAFETY).compareTo(StreamSettings.MAX_POLL_INTERVAL) > 0) {
            long most = StreamSettings.MAX_POLL_INTERVAL.dividedBy(transaction.multipliedBy(SAFETY));
            violations.add("%d buffered records of %d partitions may take %s, and max.poll.interval.ms allows %s; %s"
                    .formatted(
                            settings.tuning().bufferedRecords(),
                            tasksOfAThread(),
                            text(round),
                            text(StreamSettings.MAX_POLL_INTERVAL),
                            most >= 1
                                    ? "set --buffered-records to at most " + most
                                    : "set --max-side lower, or --threads higher"));
        }
        Integer deadLetterBytes = maxMessageBytes.get(settings.deadLetterTopic());
        if (deadLetterBytes != null && deadLetterBytes < settings.maxRecordBytes()) {
            violations.add(
                    "%s: max.message.bytes is %d, and a dead letter may have %d; raise it, or set --max-image-bytes to at most %d"
                            .formatted(
                                    settings.deadLetterTopic(),
                                    deadLetterBytes,
                                    settings.maxRecordBytes(),
                                    Math.max(0, deadLetterBytes - StreamSettings.OVERHEAD)));
        }
        return violations;
    }

    /** What was found, for people. */
    public String describe() {
        return "%d partitions, %d threads, %d workers; the largest image takes %s, or %s when all threads have one"
                .formatted(partitions, settings.threads(), workers, text(largestImage), text(underLoad()));
    }

    private int tasksOfAThread() {
        return Math.max(1, ceilDiv(partitions, settings.threads()));
    }

    private Duration underLoad() {
        return largestImage.multipliedBy(Math.max(1, ceilDiv(settings.threads(), workers)));
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
