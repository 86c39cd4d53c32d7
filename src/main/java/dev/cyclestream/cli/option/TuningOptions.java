package dev.cyclestream.cli.option;

import dev.cyclestream.cli.value.ClientName;
import dev.cyclestream.option.Range;
import dev.cyclestream.service.Tuning;
import dev.cyclestream.stream.StreamSettings;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for how an instance works; of every command that translates a topic. */
public final class TuningOptions {

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

    /** The longest wait for the registry at the start; empty waits without end. */
    public Optional<Duration> registryWait() {
        return registryWait;
    }

    /**
     * Makes sure that the options agree, before anything is loaded.
     *
     * @throws IllegalArgumentException if they do not
     */
    public void requireAgreement() {
        Duration timeout = transactionTimeout.orElse(StreamSettings.Tuning.DEFAULT.transactionTimeout());
        if (commitInterval.compareTo(timeout) >= 0) {
            throw new IllegalArgumentException(
                    "--commit-interval: expected less than --transaction-timeout, %s, found %s"
                            .formatted(timeout, commitInterval));
        }
    }

    /** The options as the wishes for an instance that takes images of these sizes. */
    public Tuning tuning(ImageOptions images) {
        return new Tuning(
                threads.orElse(2 * Runtime.getRuntime().availableProcessors()),
                images.maxImageBytes(),
                maxDeadLettersInARow,
                commitInterval,
                bufferedRecords,
                transactionTimeout,
                instanceId.map(ClientName::value));
    }
}
