package dev.cyclestream.rollout.live;

import dev.cyclestream.event.Direction;
import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TopicLimits;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.progress.Reminder;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that results of shadows go to, as far as they are there: a shadow without its topic is a shadow that failed, and nothing
 * that holds up the stream. For several threads.
 */
final class ShadowTopics {

    private static final Logger LOGGER = LoggerFactory.getLogger(ShadowTopics.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final KafkaConnection connection;
    private final Map<Direction, String> outputs;
    private final Map<String, TopicLimits> limits = new ConcurrentHashMap<>();
    private final Map<String, Long> nextNanos = new HashMap<>();
    private final Reminder reminder = new Reminder();

    /** @param outputs the topic that each direction writes */
    ShadowTopics(KafkaConnection connection, Map<Direction, String> outputs) {
        this.connection = connection;
        this.outputs = outputs;
    }

    /** The limits of the shadow topic of an output; empty if it is not there, or no shadow is announced. */
    Optional<TopicLimits> limits(String outputTopic) {
        return Optional.ofNullable(limits.get(RolloutTopics.shadowOf(outputTopic)));
    }

    /** Looks for the topics that the newest splits need, every few seconds. For one thread. */
    void look(Schedule schedule) {
        outputs.forEach((direction, output) -> {
            String topic = RolloutTopics.shadowOf(output);
            if (schedule.latest(direction).filter(Split::hasShadow).isEmpty()) {
                nextNanos.remove(topic);
            } else if (!nextNanos.containsKey(topic) || System.nanoTime() - nextNanos.get(topic) >= 0) {
                nextNanos.put(topic, System.nanoTime() + LOOK_EVERY.toNanos());
                look(topic);
            }
        });
    }

    private void look(String topic) {
        try (Topics topics = new Topics(connection)) {
            if (topics.exists(topic)) {
                limits.put(topic, topics.limits(List.of(topic)).of(topic));
            } else {
                limits.remove(topic);
                if (reminder.isDue(topic)) {
                    LOGGER.warn(
                            "{}: expected the topic of shadows, found none; rollout start --shadow makes it", topic);
                }
            }
        } catch (BrokerUnreachableException e) {
            LOGGER.debug("{}: not known now", topic, e);
        }
    }
}
