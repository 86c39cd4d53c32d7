package dev.cyclestream.rollout;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The compacted topic {@code APPLICATION-instances}, in which each instance says what it has loaded, or why not, whenever that
 * changes. Nothing is decided by it: it is what operators see.
 */
public final class InstancesTopic implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 5000;

    private final KafkaConnection connection;
    private final String topic;
    private final Gson gson = new Gson();
    private Optional<Producer<String, String>> producer = Optional.empty();
    private Optional<String> lastSaid = Optional.empty();

    public InstancesTopic(KafkaConnection connection, String applicationId) {
        this.connection = connection;
        this.topic = name(applicationId);
    }

    /** The name of an application's topic. */
    public static String name(String applicationId) {
        return applicationId + "-instances";
    }

    /** The last report of each instance that ever was, by its name; those of other versions of this program are left out. */
    public Map<String, InstanceReport> read() {
        Map<String, InstanceReport> reports = new TreeMap<>();
        try (CommittedReader reader = new CommittedReader(connection, topic)) {
            reader.readAll(record -> {
                String instance = new String(record.key(), StandardCharsets.UTF_8);
                report(record.value())
                        .ifPresentOrElse(report -> reports.put(instance, report), () -> reports.remove(instance));
            });
        }
        return reports;
    }

    private Optional<InstanceReport> report(byte[] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(gson.fromJson(new String(value, StandardCharsets.UTF_8), InstanceReport.class));
        } catch (JsonParseException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /** Says how an instance is, if that is not what it said last, and the topic is there. */
    public void say(InstanceReport report) {
        String json = gson.toJson(report);
        if (lastSaid.filter(json::equals).isPresent()) {
            return;
        }
        if (producer.isEmpty()) {
            producer = connect();
        }
        if (producer.isPresent()) {
            var unused = producer.get().send(new ProducerRecord<>(topic, report.instance(), json));
            producer.get().flush();
            lastSaid = Optional.of(json);
        }
    }

    private Optional<Producer<String, String>> connect() {
        try (Topics topics = new Topics(connection)) {
            if (!topics.exists(topic)) {
                return Optional.empty();
            }
        }
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * PATIENCE_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return Optional.of(new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()));
    }

    /** The instance ends, and its report with it. */
    public void forget(String instance) {
        producer.ifPresent(open -> {
            var unused = open.send(new ProducerRecord<>(topic, instance, null));
            open.flush();
        });
    }

    @Override
    public void close() {
        producer.ifPresent(open -> open.close(Duration.ofMillis(PATIENCE_MILLIS)));
        producer = Optional.empty();
    }
}
