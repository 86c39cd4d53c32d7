package dev.cyclestream.deadletter.redrive;

import dev.cyclestream.kafka.Brokers;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The letters of a dead-letter topic that were sent back: a compacted topic beside it, which unlike a group's offsets never
 * expires. Each letter is noted under the topic's id, so that a topic made anew under the old name begins anew.
 */
final class RedrivenLetters {

    private final KafkaConnection connection;
    private final String letters;
    private final TopicPartition notes;
    private final String letterTopicId;
    private final Map<Integer, Set<Long>> sent = new HashMap<>();
    private Map<TopicPartition, Long> sentByEarlierVersions = Map.of();

    /**
     * Makes the topic of notes if it is missing.
     *
     * @throws IllegalArgumentException if it is there and forgets
     */
    RedrivenLetters(KafkaConnection connection, Topics topics, String letters) {
        this.connection = connection;
        this.letters = letters;
        notes = new TopicPartition(notesOf(letters), 0);
        topics.createCompactedIfMissing(notes.topic());
        topics.requireLasting(notes.topic());
        letterTopicId = topics.id(letters);
    }

    /** The topic that says which letters of a topic were sent back. */
    static String notesOf(String letters) {
        return letters + "-redriven";
    }

    /** Reads what is noted. */
    void read() {
        try (CommittedReader reader = new CommittedReader(connection, notes.topic());
                Brokers brokers = new Brokers(connection)) {
            reader.readAll(note -> read(new String(note.key(), StandardCharsets.UTF_8)));
            sentByEarlierVersions = brokers.committed("cyclestream-redrive-" + letters, true);
        }
    }

    private void read(String note) {
        String[] parts = note.split(":", -1);
        if (parts.length == 3 && parts[0].equals(letterTopicId)) {
            offsets(Integer.parseInt(parts[1])).add(Long.parseLong(parts[2]));
        }
    }

    /** True if a letter was sent back before. */
    boolean contains(ConsumerRecord<?, ?> letter) {
        Long earlier = sentByEarlierVersions.get(new TopicPartition(letters, letter.partition()));
        return offsets(letter.partition()).contains(letter.offset()) || (earlier != null && letter.offset() < earlier);
    }

    private Set<Long> offsets(int partition) {
        return sent.computeIfAbsent(partition, number -> new HashSet<>());
    }

    /** The record to write in the transaction that sends a letter back. */
    ProducerRecord<byte[], byte[]> note(ConsumerRecord<?, ?> letter) {
        String key = "%s:%d:%d".formatted(letterTopicId, letter.partition(), letter.offset());
        byte[] value = "sent".getBytes(StandardCharsets.UTF_8); // without one, compaction would take the note away
        return new ProducerRecord<>(notes.topic(), 0, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
