package dev.cyclestream.deadletter.redrive;

import dev.cyclestream.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The input that became a dead letter, as it was: without what its death added. */
public final class OriginalInput {

    /** The number of times that an input was sent back. */
    public static final String COUNT_HEADER = "cyclestream.redriven";

    private static final String STREAMS_HEADERS = "__streams.errors.";

    private OriginalInput() {}

    /**
     * The input, for the partition that it came from, which keeps it behind its predecessors.
     *
     * @param source topic that it came from
     * @param partitions of that topic
     */
    static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> letter, String source, int partitions) {
        Headers headers = headers(letter.headers());
        long before = number(headers.lastHeader(COUNT_HEADER)).orElse(0);
        headers.remove(COUNT_HEADER);
        headers.add(COUNT_HEADER, Long.toString(before + 1).getBytes(StandardCharsets.UTF_8));
        OptionalInt partition = number(letter.headers().lastHeader(DeadLetter.PARTITION_HEADER));
        boolean isThere = partition.isPresent() && partition.getAsInt() < partitions;
        return new ProducerRecord<>(
                source, isThere ? partition.getAsInt() : null, letter.key(), letter.value(), headers);
    }

    /** The headers that a death adds stand behind the input's own, with the reason first; nothing before it is ours. */
    public static Headers headers(Headers letter) {
        List<Header> all = List.of(letter.toArray());
        int end = all.size();
        for (int index = all.size() - 1; index >= 0 && end == all.size(); index--) {
            end = all.get(index).key().equals(DeadLetter.REASON_HEADER) ? index : end;
        }
        Headers own = new RecordHeaders();
        for (Header header : all.subList(0, end)) {
            if (end < all.size() || !header.key().startsWith(STREAMS_HEADERS)) {
                own.add(header);
            }
        }
        return own;
    }

    /** A number from 0 on that a header holds; anything else that a sender wrote is none. */
    private static OptionalInt number(Header header) {
        String text =
                header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        return text.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
