package dev.cyclestream.deadletter.redrive;

import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Which letters of a dead-letter topic were sent back: a compacted topic beside it, which unlike a group's offsets never
 * expires. Each letter is noted under the topic's id, so that a topic made anew under the old name begins anew.
 */
final class RedrivenLetters {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConnection connection;
    private final String letters;
    private final TopicPartition notes;
    private final String letterTopicId;
    private final Map<Integer, Set<Long>> sent = new HashMap<>();
    private Map<TopicPartition, OffsetAndMetadata> sentByEarlierVersions = Map.of();

    /**
     * Makes the topic of notes if it is missing.
     *
     * @throws IllegalArgumentException if it is there and forgets
     */
    RedrivenLetters(KafkaConnection connection, Topics topics, String letters) {
        this.connection = connection;
        this.letters = letters;
        notes = new TopicPartition(Redrive.notesOf(letters), 0);
        topics.createCompactedIfMissing(notes.topic());
        topics.requireLasting(notes.topic());
        letterTopicId = topics.id(letters);
    }

    /** Reads what is noted. */
    void read() {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "cyclestream-redrive-" + letters);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> partition = Set.of(notes);
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            long target = consumer.endOffsets(partition).get(notes);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(notes) < target) {
                if (System.nanoTime() > end) {
                    throw new BrokerUnreachableException(
                            "%s: no answer within %s".formatted(notes.topic(), PATIENCE), null);
                }
                for (ConsumerRecord<byte[], byte[]> note : consumer.poll(POLL)) {
                    read(new String(note.key(), StandardCharsets.UTF_8));
                    end = System.nanoTime() + PATIENCE.toNanos();
                }
            }
            sentByEarlierVersions = consumer.committed(Set.copyOf(consumer.partitionsFor(letters).stream()
                    .map(info -> new TopicPartition(letters, info.partition()))
                    .toList()));
        }
    }

    private void read(String note) {
        String[] parts = note.split(":", -1);
        if (parts.length == 3 && parts[0].equals(letterTopicId)) {
            offsets(Integer.parseInt(parts[1])).add(Long.parseLong(parts[2]));
        }
    }

    /** Whether a letter was sent back before. */
    boolean contains(ConsumerRecord<?, ?> letter) {
        OffsetAndMetadata earlier = sentByEarlierVersions.get(new TopicPartition(letters, letter.partition()));
        return offsets(letter.partition()).contains(letter.offset())
                || (earlier != null && letter.offset() < earlier.offset());
    }

    private Set<Long> offsets(int partition) {
        return sent.computeIfAbsent(partition, number -> new HashSet<>());
    }

    /** What is to be written in the transaction that sends a letter back. */
    ProducerRecord<byte[], byte[]> note(ConsumerRecord<?, ?> letter) {
        String key = "%s:%d:%d".formatted(letterTopicId, letter.partition(), letter.offset());
        byte[] value = "sent".getBytes(StandardCharsets.UTF_8); // without one, compaction would take the note away
        return new ProducerRecord<>(notes.topic(), 0, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
