package dev.cyclestream.cli;

import dev.cyclestream.cli.value.ClientName;
import dev.cyclestream.kafka.BrokerSettings;
import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.option.Range;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StartUpCheck;
import dev.cyclestream.stream.StreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How an instance works, and whether its settings leave enough time; of every command that translates a topic. */
final class TuningOptions {

    private static final Logger LOGGER = LoggerFactory.getLogger(TuningOptions.class);
    private static final double NANOS = 1e9;

    @Option(
            names = "--instance-id",
            description =
                    "Name of this instance, different for each: started again within 6 s, it gets its partitions back at once.")
    private Optional<ClientName> instanceId;

    @Option(names = "--threads", description = "Images in flight. Default: twice the cores.")
    @Range(from = "1", to = "1024")
    private Optional<Integer> threads;

    @Option(
            names = "--max-dead-letters-in-a-row",
            defaultValue = "100",
            description = "One more without a translated image between them stops the instance.")
    @Range(from = "1")
    private int maxDeadLettersInARow;

    @Option(
            names = "--buffered-records",
            description =
                    "Image events held of each partition. Default: 16, or fewer if large images leave no time for them.")
    @Range(from = "1", to = "10000")
    private Optional<Integer> bufferedRecords;

    @Option(
            names = "--commit-interval",
            defaultValue = "PT0.5S",
            paramLabel = "DURATION",
            description = "Longest time that results wait before readers see them; shorter costs more processor time.")
    @Range(from = "PT0.001S", to = "PT10M")
    private Duration commitInterval;

    @Option(
            names = "--transaction-timeout",
            paramLabel = "DURATION",
            description =
                    "Longest transaction; after a crash, readers wait for so long. Default: PT10S, or longer if large images need it.")
    @Range(from = "PT1S", to = "PT24H")
    private Optional<Duration> transactionTimeout;

    @Option(
            names = "--registry-wait",
            paramLabel = "DURATION",
            description =
                    "Longest time that a start waits for a schema registry that is away; then the exit code is 1. Default: without end.")
    @Range(from = "PT1S", to = "PT24H")
    private Optional<Duration> registryWait;

    /** How long to wait for the registry at the start; empty waits without end. */
    Optional<Duration> registryWait() {
        return registryWait;
    }

    /**
     * What an instance has to do.
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
     * Makes sure that the options agree, before anything is loaded.
     *
     * @throws IllegalArgumentException if they do not
     */
    void requireAgreement() {
        Duration timeout = transactionTimeout.orElse(StreamSettings.Tuning.DEFAULT.transactionTimeout());
        if (commitInterval.compareTo(timeout) >= 0) {
            throw new IllegalArgumentException(
                    "--commit-interval: expected less than --transaction-timeout, %s, found %s"
                            .formatted(timeout, commitInterval));
        }
    }

    /**
     * Settings for a workload.
     *
     * @param violations what must be changed, a line each; empty if all is well
     */
    record Checked(StreamSettings settings, List<String> violations) {}

    /** The settings for a workload, checked against the time that an image takes, and against what brokers and topics allow. */
    Checked settings(Workload workload, ImageOptions images, BrokerSettings brokers, OutputLimits limits) {
        StartUpCheck check = measure(workload, brokers);
        StreamSettings.Tuning tuning = new StreamSettings.Tuning(
                maxDeadLettersInARow,
                bufferedRecords.orElseGet(check::fittingBufferedRecords),
                commitInterval,
                transactionTimeout.orElseGet(check::fittingTransactionTimeout),
                instanceId.map(ClientName::value));
        StreamSettings settings = new StreamSettings(
                workload.applicationId(), workload.deadLetterTopic(), threads(), images.maxImageBytes(), tuning);
        LOGGER.info(
                "checked: {}; {} buffered records, transactions of up to {} s",
                check.describe(),
                tuning.bufferedRecords(),
                tuning.transactionTimeout().toSeconds());
        return new Checked(settings, check.violations(settings, limits));
    }

    private int threads() {
        return threads.orElse(2 * Runtime.getRuntime().availableProcessors());
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
                threads(), workload.inputPartitions(), largestImage, workers, brokers.longestTransaction());
    }
}
