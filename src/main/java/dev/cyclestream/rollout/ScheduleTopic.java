package dev.cyclestream.rollout;

import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.ExclusiveProducer;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * The topic {@code APPLICATION-checkpoints}, of one partition and compacted, which holds the schedule: an announcement for each
 * record, in JSON, with the split's number as key. Whoever announces has the same transactional id, so that of two at once one is
 * fenced off, and each sees what the other has announced before.
 */
public final class ScheduleTopic {

    private final KafkaConnection connection;
    private final String topic;
    private final Clock clock;

    public ScheduleTopic(KafkaConnection connection, String applicationId) {
        this(connection, applicationId, Clock.systemUTC());
    }

    ScheduleTopic(KafkaConnection connection, String applicationId, Clock clock) {
        this.connection = connection;
        this.topic = name(applicationId);
        this.clock = clock;
    }

    /** The name of an application's topic. */
    public static String name(String applicationId) {
        return applicationId + "-checkpoints";
    }

    /** All that was announced; nothing where the topic does not exist. */
    public Schedule read() {
        try (Topics topics = new Topics(connection)) {
            if (!topics.exists(topic)) {
                return Schedule.EMPTY;
            }
            topics.requireLasting(topic);
        }
        List<Announcement> announcements = new ArrayList<>();
        try (CommittedReader reader = new CommittedReader(connection, topic)) {
            reader.readAll(record -> announcements.add(announcement(record)));
        }
        return new Schedule(announcements);
    }

    /** The announcement that a record of the topic holds. */
    public static Announcement announcement(ConsumerRecord<byte[], byte[]> record) {
        String json = record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
        return AnnouncementJson.read(json, CommittedReader.position(record));
    }

    /**
     * Announces a split; the topic exists.
     *
     * @param by user and machine, for the history
     * @param next makes the split from all that was announced before
     * @return the split
     * @throws RolloutRefusedException if it cannot follow, or another operator announces one at this moment
     */
    public Split announce(Announcement.Action action, String by, Function<Schedule, Split> next) {
        try (Producer<String, String> producer = ExclusiveProducer.open(connection, topic)) {
            Split split = next.apply(read());
            producer.beginTransaction();
            Announcement announcement = new Announcement(split, action, by, clock.instant());
            var unused = producer.send(
                    new ProducerRecord<>(topic, Long.toString(split.number()), AnnouncementJson.write(announcement)));
            producer.commitTransaction();
            return split;
        } catch (KafkaException e) {
            if (!ExclusiveProducer.isFenced(e)) {
                throw e;
            }
            throw new RolloutRefusedException(
                    "%s: another operator has announced a split at the same time, and this one was not announced; see rollout status"
                            .formatted(topic),
                    e);
        }
    }
}
