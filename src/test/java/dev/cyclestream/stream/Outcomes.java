package dev.cyclestream.stream;

import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.topic.InputPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** What became of each input, as a consumer sees it that reads what is committed. */
final class Outcomes implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final List<CommittedReader> results = new ArrayList<>();
    private final CommittedReader letters;
    private final Deserializer<TranslatedImage> deserializer;
    private final Map<InputPosition, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
    private final Map<InputPosition, String> last = new HashMap<>();

    Outcomes(KafkaConnection connection, List<String> outputs) {
        outputs.forEach(output -> results.add(new CommittedReader(connection, output)));
        letters = new CommittedReader(connection, TestKafka.DEAD_LETTERS);
        deserializer = connection.serdes().translatedImages().deserializer();
    }

    void poll() {
        for (CommittedReader reader : results) {
            reader.poll(POLL).forEach(this::addResult);
        }
        letters.poll(POLL).forEach(this::addLetter);
    }

    private void addResult(ConsumerRecord<byte[], byte[]> record) {
        Provenance made =
                deserializer.deserialize(record.topic(), record.value()).getProvenance();
        add(
                new InputPosition(made.getSourceTopic(), made.getSourcePartition(), made.getSourceOffset()),
                OddRecord.TRANSLATED,
                record);
    }

    private void addLetter(ConsumerRecord<byte[], byte[]> record) {
        InputPosition input = new InputPosition(
                text(record.headers(), DeadLetter.TOPIC_HEADER),
                Integer.parseInt(text(record.headers(), DeadLetter.PARTITION_HEADER)),
                Long.parseLong(text(record.headers(), DeadLetter.OFFSET_HEADER)));
        add(input, text(record.headers(), DeadLetter.REASON_HEADER), record);
    }

    private void add(InputPosition input, String outcome, ConsumerRecord<byte[], byte[]> record) {
        found.computeIfAbsent(input, position -> new ArrayList<>()).add(record);
        last.put(input, outcome);
    }

    /** How many inputs have one. */
    int count() {
        return found.size();
    }

    /** How often there was each. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        last.values().forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
        return counts;
    }

    /** What is wrong with the outcome of an input; empty if nothing is. */
    List<String> faults(InputPosition input, OddRecord sent) {
        List<ConsumerRecord<byte[], byte[]>> records = found.getOrDefault(input, List.of());
        if (records.size() != 1) {
            return List.of("%s (%s): expected one outcome, found %d".formatted(input, sent.trait(), records.size()));
        }
        List<String> faults = new ArrayList<>();
        String outcome = last.get(input);
        ConsumerRecord<byte[], byte[]> record = records.get(0);
        if (!sent.expected().contains(outcome)) {
            faults.add("%s (%s): expected %s, found %s %s"
                    .formatted(input, sent.trait(), sent.expected(), outcome, message(record)));
        }
        boolean whole = outcome.equals(OddRecord.TRANSLATED)
                || text(record.headers(), DeadLetter.CUT_HEADER).equals("NOTHING");
        if (whole && !Arrays.equals(record.key(), sent.key())) {
            faults.add("%s (%s): came with another key".formatted(input, sent.trait()));
        }
        if (whole && !startsWith(record.headers().toArray(), sent.headers())) {
            faults.add("%s (%s): came without its headers".formatted(input, sent.trait()));
        }
        if (whole && !outcome.equals(OddRecord.TRANSLATED) && !Arrays.equals(record.value(), sent.value())) {
            faults.add("%s (%s): came with another value".formatted(input, sent.trait()));
        }
        return faults;
    }

    private static boolean startsWith(Header[] headers, List<Header> expected) {
        return headers.length >= expected.size()
                && Arrays.asList(headers).subList(0, expected.size()).equals(expected);
    }

    private static String message(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(DeadLetter.MESSAGE_HEADER) == null
                ? ""
                : text(record.headers(), DeadLetter.MESSAGE_HEADER);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        results.forEach(CommittedReader::close);
        letters.close();
    }
}
