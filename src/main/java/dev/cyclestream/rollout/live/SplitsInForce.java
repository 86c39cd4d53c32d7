package dev.cyclestream.rollout.live;

import dev.cyclestream.event.Direction;
import dev.cyclestream.kafka.TopicLimits;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.live.RolloutState.InForce;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** The split that holds in each partition that an instance reads, as the translators were chosen last. For several threads. */
final class SplitsInForce {

    private final Map<InForce, Long> splits = new ConcurrentHashMap<>();

    /** The numbers of the splits; 0 where none was announced. A partition is there from its first record on. */
    Map<InForce, Long> now() {
        return Map.copyOf(splits);
    }

    /** Translators that are the same, and whose choices are seen here. */
    Translators of(Translators watched) {
        return new Watched(watched);
    }

    private final class Watched implements Translators {

        private final Translators translators;

        Watched(Translators translators) {
            this.translators = translators;
        }

        @Override
        public PartitionTranslators of(Direction direction, TopicPartition input, String topicId) {
            return new WatchedPartition(
                    translators.of(direction, input, topicId),
                    new InForce(direction, input.topic(), input.partition()));
        }

        @Override
        public String stable(Direction direction) {
            return translators.stable(direction);
        }

        @Override
        public String describe(Direction direction) {
            return translators.describe(direction);
        }

        @Override
        public Optional<TopicLimits> shadowLimits(String outputTopic) {
            return translators.shadowLimits(outputTopic);
        }

        @Override
        public String activationsTopic() {
            return translators.activationsTopic();
        }
    }

    private final class WatchedPartition implements PartitionTranslators {

        private final PartitionTranslators partition;
        private final InForce place;

        WatchedPartition(PartitionTranslators partition, InForce place) {
            this.partition = partition;
            this.place = place;
        }

        @Override
        public Chosen choose(long offset, byte[] key) {
            Chosen chosen = partition.choose(offset, key);
            splits.put(place, chosen.split().map(Split::number).orElse(0L));
            return chosen;
        }

        @Override
        public void activated(Activation activation) {
            partition.activated(activation);
        }

        @Override
        public void close() {
            splits.remove(place);
            partition.close();
        }
    }
}
