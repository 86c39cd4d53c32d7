package dev.cyclestream.replay;

import com.google.gson.Gson;
import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.ExclusiveProducer;
import dev.cyclestream.kafka.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topic of one partition that holds the plan of a replay, and whether it is complete. The plan and the positions at which
 * the group begins are one transaction; of instances that plan at the same time one wins, and the others read its plan.
 */
final class PlanTopic {

    private static final String PLAN = "plan";
    private static final String COMPLETE = "complete";
    private static final String UNREAD = "unread-";

    private static final int TRIES = 20;

    private final KafkaConnection connection;
    private final ReplayName name;
    private final Gson gson = new Gson();

    /** @param name of the replay, whose plan topic exists */
    PlanTopic(KafkaConnection connection, ReplayName name) {
        this.connection = connection;
        this.name = name;
    }

    /**
     * The content of the topic.
     *
     * @param complete whether an instance saw every partition at its bound
     * @param unread what of the range was not read, and is not there to be read any more
     */
    record Content(ReplayPlan plan, boolean complete, List<Unread> unread) {}

    /** Reads to the end; empty if nobody has planned yet. */
    Optional<Content> read() {
        Map<String, String> latest = new TreeMap<>();
        try (CommittedReader reader = new CommittedReader(connection, name.planTopic())) {
            reader.readAll(record -> latest.put(text(record.key()), text(record.value())));
        }
        return Optional.ofNullable(latest.get(PLAN))
                .map(json -> content(gson.fromJson(json, ReplayPlan.class), latest));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Content content(ReplayPlan plan, Map<String, String> latest) {
        List<Unread> unread = new ArrayList<>(plan.source().unread());
        latest.forEach((key, value) -> {
            if (key.startsWith(UNREAD)) {
                unread.add(gson.fromJson(value, Unread.class));
            }
        });
        return new Content(plan, latest.containsKey(COMPLETE), Unread.merged(unread));
    }

    /**
     * Writes a plan unless there is one.
     *
     * @param proposal is asked for if there is none
     * @return the plan that holds, whoever made it
     */
    Content readOrWrite(Supplier<ReplayPlan> proposal) {
        for (int tried = 0; tried < TRIES; tried++) {
            Optional<Content> content = read();
            if (content.isPresent()) {
                return content.get();
            }
            try (Producer<String, String> producer = ExclusiveProducer.open(connection, name.planTopic())) {
                Optional<Content> others = read();
                if (others.isPresent()) {
                    return others.get();
                }
                ReplayPlan plan = proposal.get();
                write(producer, plan);
                return new Content(plan, false, plan.source().unread());
            } catch (KafkaException e) {
                if (!ExclusiveProducer.isFenced(e)) {
                    throw e;
                }
                LockSupport.parkNanos(
                        Duration.ofMillis(ThreadLocalRandom.current().nextInt(100, 1000))
                                .toNanos());
            }
        }
        throw new BrokerUnreachableException(
                "replay %s: another instance came first each of %d times and left no plan".formatted(name, TRIES),
                null);
    }

    private void write(Producer<String, String> producer, ReplayPlan plan) {
        Map<TopicPartition, OffsetAndMetadata> start = plan.source().partitions().stream()
                .collect(Collectors.toMap(
                        range -> new TopicPartition(plan.source().topic(), range.partition()),
                        range -> new OffsetAndMetadata(range.from())));
        producer.beginTransaction();
        var unused = producer.send(new ProducerRecord<>(name.planTopic(), PLAN, gson.toJson(plan)));
        producer.sendOffsetsToTransaction(start, group());
        producer.commitTransaction();
    }

    /** Nobody's membership: the group has no members yet. */
    private ConsumerGroupMetadata group() {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, name.applicationId());
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    /** Notes for good that something can no longer be read: whoever comes later says so, too. */
    void note(Unread unread) {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        String key = "%s%d-%d".formatted(UNREAD, unread.partition(), unread.from());
        try (Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(name.planTopic(), key, gson.toJson(unread)))
                    .get();
        } catch (ExecutionException e) {
            throw new BrokerUnreachableException("%s: %s".formatted(name.planTopic(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnreachableException("%s: %s".formatted(name.planTopic(), e), e);
        }
    }

    /** Notes for good that every partition is at its bound: what the group remembers is forgotten after a week. */
    void complete() {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        try (Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var unused = producer.send(new ProducerRecord<>(name.planTopic(), COMPLETE, "true"));
        }
    }
}
