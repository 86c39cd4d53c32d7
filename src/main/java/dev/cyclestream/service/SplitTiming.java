package dev.cyclestream.service;

import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.live.SplitCheck;
import dev.cyclestream.stream.StartUpCheck;
import dev.cyclestream.stream.StreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The check that the checkpoints of a split leave enough time, as {@link StartUpCheck} does for those that an instance begins with. A
 * shadow takes its time beside the stable one's.
 */
final class SplitTiming implements SplitCheck {

    private final StreamSettings settings;
    private final int partitions;
    private final Duration longestTransaction;

    /**
     * @param settings of the instance
     * @param partitions of the input topics, all together
     * @param longestTransaction that the brokers grant
     */
    SplitTiming(StreamSettings settings, int partitions, Duration longestTransaction) {
        this.settings = settings;
        this.partitions = partitions;
        this.longestTransaction = longestTransaction;
    }

    @Override
    public Optional<String> complaint(Split split, List<ImageTranslator> translators) {
        Duration largest = translators.stream()
                .map(ImageTranslator::quickTimeOfLargest)
                .reduce((one, other) -> split.hasShadow() ? one.plus(other) : longer(one, other))
                .orElse(Duration.ZERO);
        int workers = translators.stream()
                .mapToInt(translator -> translator.parallelism().workers())
                .min()
                .orElse(1);
        return new StartUpCheck(settings.threads(), partitions, largest, workers, longestTransaction)
                .complaint(settings.tuning().transactionTimeout());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
