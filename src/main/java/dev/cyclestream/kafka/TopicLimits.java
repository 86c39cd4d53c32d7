package dev.cyclestream.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The limits of the records that a topic takes. A record that the brokers refuse fails its whole transaction, and would again:
 * so it is looked at before it is sent.
 *
 * @param maxRecordBytes {@code max.message.bytes}
 * @param needsKeys whether it is compacted
 * @param mostMillisBefore how old a timestamp may be
 * @param mostMillisAhead how far a timestamp may lie in the future
 */
public record TopicLimits(int maxRecordBytes, boolean needsKeys, long mostMillisBefore, long mostMillisAhead) {

    /** Of a topic that takes everything. */
    static final TopicLimits NONE = ofBytes(Integer.MAX_VALUE);

    /** A batch of one record, and what numbers of variable length in it may take at most. */
    private static final int BATCH_BYTES = 61;

    private static final int RECORD_BYTES = 26;
    private static final int LENGTH_BYTES = 5;

    /** Of a topic that takes everything up to this size. */
    public static TopicLimits ofBytes(int maxRecordBytes) {
        return new TopicLimits(maxRecordBytes, false, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** True if a record has a size that the topic takes. */
    public boolean takes(byte[] key, byte[] value, Headers headers) {
        return size(key, value, headers) <= maxRecordBytes;
    }

    /** True if the topic takes a record with this timestamp now; no client sends negative ones. */
    public boolean takes(long timestamp) {
        long now = System.currentTimeMillis();
        return timestamp >= 0 && now - timestamp <= mostMillisBefore && timestamp - now <= mostMillisAhead;
    }

    /**
     * The most bytes that a record may have where brokers and producers measure it: not compressed, with all that is around it.
     */
    public static long size(byte[] key, byte[] value, Headers headers) {
        long size = BATCH_BYTES + RECORD_BYTES + field(key) + field(value);
        for (Header header : headers) {
            size += field(header.key().getBytes(StandardCharsets.UTF_8)) + field(header.value());
        }
        return size;
    }

    private static long field(byte[] bytes) {
        return LENGTH_BYTES + (bytes == null ? 0L : bytes.length);
    }
}
