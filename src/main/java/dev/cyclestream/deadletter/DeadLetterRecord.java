package dev.cyclestream.deadletter;

import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.kafka.TopicLimits;
import dev.cyclestream.topic.InputPosition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * The record that is written of a {@link DeadLetter}: key, value and headers of the input as they came, with the reason in
 * further headers. Where that is more than the topic takes, it is cut down until it fits: the value goes first (its size and
 * SHA-256 stay, and the offset says where the input is), then the sender's headers, then all but the beginning of the key.
 *
 * <p>A sender may have set headers of the same names. They stay as they are, and are not believed: ours come behind them, with
 * the reason first, and the last one of a name counts.
 *
 * @param topic of dead letters
 * @param limits of that topic
 * @param checkpoint SHA-256 of what would have translated the input
 * @param inputTopicId of the topic that it comes from
 */
public record DeadLetterRecord(
        String topic, TopicLimits limits, Optional<String> checkpoint, Optional<String> inputTopicId) {

    private static final int LONGEST_TEXT = 4096;
    private static final int LONGEST_KEY = 1024;

    /** The part that is left out; each goes with all before it. */
    public enum Cut {
        NOTHING,
        VALUE,
        HEADERS,
        KEY
    }

    /** True if a dead letter lacks something of its input, and so cannot be sent back. */
    public static boolean isCut(ConsumerRecord<byte[], byte[]> letter) {
        Header cut = letter.headers().lastHeader(DeadLetter.CUT_HEADER);
        return cut != null && !Arrays.equals(cut.value(), Cut.NOTHING.name().getBytes(StandardCharsets.UTF_8));
    }

    /** Cut as little as possible, but at least so much: the brokers may have refused what should have fitted. */
    ProducerRecord<byte[], byte[]> of(DeadLetter letter, ErrorHandlerContext source, Cut least) {
        for (Cut cut : Cut.values()) {
            if (cut.compareTo(least) >= 0) {
                ProducerRecord<byte[], byte[]> record = of(letter, source, cut, least);
                if (cut == Cut.KEY || limits.takes(record.key(), record.value(), record.headers())) {
                    return record;
                }
            }
        }
        throw new IllegalStateException("the last cut is always taken");
    }

    private ProducerRecord<byte[], byte[]> of(DeadLetter letter, ErrorHandlerContext source, Cut cut, Cut least) {
        boolean timely = least == Cut.NOTHING && limits.takes(source.timestamp());
        Headers headers = new RecordHeaders(
                cut.compareTo(Cut.HEADERS) < 0 ? source.headers().toArray() : new Header[0]);
        explain(headers, letter, source);
        add(headers, DeadLetter.CUT_HEADER, cut.name());
        byte[] value = source.sourceRawValue();
        if (cut != Cut.NOTHING) {
            measure(headers, "value", value);
            value = null;
        }
        byte[] key = source.sourceRawKey();
        if (cut == Cut.KEY) {
            measure(headers, "key", key);
            key = key == null
                    ? InputPosition.of(source).toString().getBytes(StandardCharsets.UTF_8)
                    : Arrays.copyOf(key, Math.min(key.length, LONGEST_KEY));
        }
        long timestamp = timely ? source.timestamp() : System.currentTimeMillis();
        return new ProducerRecord<>(topic, null, timestamp, key, value, headers);
    }

    private void explain(Headers headers, DeadLetter letter, ErrorHandlerContext source) {
        Throwable telling = letter.tellingFailure();
        add(headers, DeadLetter.REASON_HEADER, letter.reason());
        add(headers, DeadLetter.EXCEPTION_HEADER, telling.getClass().getName());
        add(headers, DeadLetter.MESSAGE_HEADER, shortened(letter.describe()));
        if (letter.isOfRepeatedFailure()) {
            add(headers, DeadLetter.TRACE_HEADER, ShortTrace.of(telling));
        }
        add(headers, DeadLetter.TOPIC_HEADER, source.topic());
        inputTopicId.ifPresent(id -> add(headers, InputTopicIds.HEADER, id));
        add(headers, DeadLetter.PARTITION_HEADER, Integer.toString(source.partition()));
        add(headers, DeadLetter.OFFSET_HEADER, Long.toString(source.offset()));
        checkpoint.ifPresent(sha256 -> add(headers, DeadLetter.CHECKPOINT_HEADER, sha256));
    }

    private static void measure(Headers headers, String name, byte[] bytes) {
        if (bytes != null) {
            add(headers, "cyclestream.%s.size".formatted(name), Integer.toString(bytes.length));
            add(headers, "cyclestream.%s.sha256".formatted(name), DigestUtils.sha256Hex(bytes));
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
