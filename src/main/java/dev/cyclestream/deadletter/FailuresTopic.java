package dev.cyclestream.deadletter;

import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.MissingTopicException;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.topic.InputPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small compacted topic, {@code APPLICATION-failures}, made when the first instance begins. It is written outside of the
 * transactions, since those are what fails, when an instance gets partitions and when something fails or may, and read only by
 * an instance that gets partitions or has just failed.
 *
 * <p>Each record names the id of the input's topic: what is written of a topic that was deleted does not hold for one that was made
 * anew under its name.
 */
public final class FailuresTopic implements FailureLedger {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailuresTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConnection connection;
    private final String topic;
    private final InputTopicIds ids;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private Optional<Producer<byte[], byte[]>> producer = Optional.empty();

    /** @param topic name of it; it need not exist yet */
    public FailuresTopic(KafkaConnection connection, String topic, InputTopicIds ids) {
        this.connection = connection;
        this.ids = ids;
        this.topic = topic;
    }

    @Override
    public Optional<Map<String, FailedRecord>> read() {
        try (Topics topics = new Topics(connection)) {
            return Optional.of(topics.exists(topic) ? readAll() : Map.of());
        } catch (KafkaException | BrokerUnreachableException e) {
            LOGGER.warn("{} cannot be read, failures are counted from here on: {}", topic, e.getMessage());
            return Optional.empty();
        }
    }

    private Map<String, FailedRecord> readAll() {
        Map<String, FailedRecord> failed = new HashMap<>();
        Set<String> written = new HashSet<>();
        try (CommittedReader reader = new CommittedReader(connection, topic)) {
            for (ConsumerRecord<byte[], byte[]> record : reader.readToEnd(PATIENCE)) {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                if (record.value() == null) {
                    written.remove(key);
                } else {
                    written.add(key);
                }
                if (record.value() == null || isOfAnotherTopic(record, key)) {
                    failed.remove(key);
                } else {
                    failed.put(key, FailedRecord.of(record.value()));
                }
            }
        }
        known.addAll(written);
        return failed;
    }

    /** True if it was written of a topic that is no more; earlier versions do not say of which one. */
    private boolean isOfAnotherTopic(ConsumerRecord<byte[], byte[]> record, String key) {
        Header header = record.headers().lastHeader(InputTopicIds.HEADER);
        return header != null && !topicId(key).orElse("").equals(new String(header.value(), StandardCharsets.UTF_8));
    }

    private Optional<String> topicId(String key) {
        String input = Beginning.isKey(key) ? Beginning.topicOfKey(key) : InputPosition.topicOfKey(key);
        return Optional.ofNullable(ids.latest().get(input));
    }

    @Override
    public synchronized void write(Map<String, Optional<FailedRecord>> all) {
        Map<String, Optional<FailedRecord>> changes = new HashMap<>(all);
        changes.entrySet().removeIf(change -> change.getValue().isEmpty() && !known.remove(change.getKey()));
        if (changes.isEmpty()) {
            return;
        }
        try {
            if (producer.isEmpty()) {
                producer = Optional.of(connect());
            }
            send(producer.get(), changes);
            known.addAll(changes.keySet());
        } catch (KafkaException | BrokerUnreachableException | MissingTopicException e) {
            LOGGER.warn("{} cannot be written, failures are counted by this instance only: {}", topic, e.getMessage());
            close();
        }
    }

    private Producer<byte[], byte[]> connect() {
        try (Topics topics = new Topics(connection)) {
            topics.createCompactedIfMissing(topic);
        }
        int millis = (int) PATIENCE.toMillis();
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * millis);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void send(Producer<byte[], byte[]> producer, Map<String, Optional<FailedRecord>> changes) {
        List<KafkaException> failures = new CopyOnWriteArrayList<>();
        changes.forEach((key, record) -> {
            Future<RecordMetadata> unused = producer.send(record(key, record), (metadata, e) -> {
                if (e != null) {
                    failures.add(new KafkaException(e.getMessage(), e));
                }
            });
        });
        producer.flush();
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private ProducerRecord<byte[], byte[]> record(String key, Optional<FailedRecord> failed) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                failed.map(FailedRecord::toBytes).orElse(null));
        topicId(key).ifPresent(id -> record.headers().add(InputTopicIds.HEADER, id.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    @Override
    public synchronized void close() {
        producer.ifPresent(open -> open.close(Duration.ZERO));
        producer = Optional.empty();
    }
}
