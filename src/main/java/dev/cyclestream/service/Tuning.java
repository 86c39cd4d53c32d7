package dev.cyclestream.service;

import dev.cyclestream.kafka.BrokerSettings;
import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StartUpCheck;
import dev.cyclestream.stream.StreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wishes for an instance, which become settings once it is known how long an image takes.
 *
 * @param threads images in flight
 * @param maxImageBytes largest encoded image
 * @param maxDeadLettersInARow one more without a translated image between them stops the instance
 * @param commitInterval how long results may wait before readers see them
 * @param bufferedRecords of each partition; empty takes what fits
 * @param transactionTimeout empty takes what fits
 * @param instanceId empty for an instance that comes and goes
 */
public record Tuning(
        int threads,
        int maxImageBytes,
        int maxDeadLettersInARow,
        Duration commitInterval,
        Optional<Integer> bufferedRecords,
        Optional<Duration> transactionTimeout,
        Optional<String> instanceId) {

    private static final Logger LOGGER = LoggerFactory.getLogger(Tuning.class);
    private static final double NANOS = 1e9;

    /**
     * The work of an instance.
     *
     * @param applicationId consumer group, and prefix of transactional ids
     * @param deadLetterTopic a topic that exists
     * @param routes one for each direction
     * @param inputPartitions of the input topics, all together
     * @param rate most images a second; infinite if there is no limit
     */
    record Workload(
            String applicationId, String deadLetterTopic, List<Route> routes, int inputPartitions, double rate) {}

    /**
     * Settings for a workload.
     *
     * @param violations what must be changed, a line each; empty if all is well
     */
    record Checked(StreamSettings settings, List<String> violations) {}

    /** The settings for a workload, checked against the time that an image takes, and against what brokers and topics allow. */
    Checked settings(Workload workload, BrokerSettings brokers, OutputLimits limits) {
        StartUpCheck check = measure(workload, brokers);
        StreamSettings.Tuning tuning = new StreamSettings.Tuning(
                maxDeadLettersInARow,
                bufferedRecords.orElseGet(check::fittingBufferedRecords),
                commitInterval,
                transactionTimeout.orElseGet(check::fittingTransactionTimeout),
                instanceId);
        StreamSettings settings = new StreamSettings(
                workload.applicationId(), workload.deadLetterTopic(), threads, maxImageBytes, tuning);
        LOGGER.info(
                "checked: {}; {} buffered records, transactions of up to {} s",
                check.describe(),
                tuning.bufferedRecords(),
                tuning.transactionTimeout().toSeconds());
        return new Checked(settings, check.violations(settings, limits));
    }

    /** Times the slowest of the generators; where the rate allows less, that is how long an image takes. */
    private StartUpCheck measure(Workload workload, BrokerSettings brokers) {
        int workers = workload.routes().get(0).translator().parallelism().workers();
        Duration largestImage = Duration.ofNanos((long) (workers * NANOS / workload.rate()));
        for (Route route : workload.routes()) {
            Duration time = route.translator().timeOfLargest();
            largestImage = time.compareTo(largestImage) > 0 ? time : largestImage;
        }
        return new StartUpCheck(
                threads, workload.inputPartitions(), largestImage, workers, brokers.longestTransaction());
    }
}
