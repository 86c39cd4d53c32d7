package dev.cyclestream.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** An input with at most one trait that is odd, and what may become of it. */
final class OddRecord {

    /** Stands beside the reasons of dead letters. */
    static final String TRANSLATED = "TRANSLATED";

    /** What may become of a strange image. */
    static final Set<String> OF_AN_IMAGE = Set.of(
            TRANSLATED,
            "NOT_AN_IMAGE",
            "DAMAGED_IMAGE",
            "UNSUPPORTED_IMAGE",
            "IMAGE_TOO_LARGE",
            "IMAGE_TOO_SMALL",
            "DECODING_TOO_SLOW");

    private final String trait;
    private final byte[] key;
    private final byte[] value;
    private final List<Header> headers;
    private final long timestamp;
    private final boolean compressed;
    private final Set<String> expected;

    private OddRecord(
            String trait,
            byte[] key,
            byte[] value,
            List<Header> headers,
            long timestamp,
            boolean compressed,
            Set<String> expected) {
        this.trait = trait;
        this.key = key;
        this.value = value;
        this.headers = List.copyOf(headers);
        this.timestamp = timestamp;
        this.compressed = compressed;
        this.expected = Set.copyOf(expected);
    }

    /** Names it in messages. */
    String trait() {
        return trait;
    }

    byte[] key() {
        return key;
    }

    byte[] value() {
        return value;
    }

    List<Header> headers() {
        return headers;
    }

    /** -1 as it is sent by those who know none. */
    long timestamp() {
        return timestamp;
    }

    /** Whether it is sent compressed, so that it is larger than it seems on the way. */
    boolean compressed() {
        return compressed;
    }

    /** Reasons of dead letters, or {@link #TRANSLATED}; one of them must be found. */
    Set<String> expected() {
        return expected;
    }

    /** Nothing is odd. */
    static OddRecord plain(String trait, byte[] key, byte[] value) {
        return new OddRecord(trait, key, value, List.of(), System.currentTimeMillis(), false, Set.of(TRANSLATED));
    }

    OddRecord withKey(byte[] other) {
        return new OddRecord(trait, other, value, headers, timestamp, compressed, expected);
    }

    OddRecord withTimestamp(long other) {
        return new OddRecord(trait, key, value, headers, other, compressed, expected);
    }

    OddRecord withHeader(String name, byte[] content) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new RecordHeader(name, content));
        return new OddRecord(trait, key, value, more, timestamp, compressed, expected);
    }

    OddRecord sentCompressed() {
        return new OddRecord(trait, key, value, headers, timestamp, true, expected);
    }

    OddRecord expecting(String... outcomes) {
        return expecting(Set.of(outcomes));
    }

    OddRecord expecting(Set<String> outcomes) {
        return new OddRecord(trait, key, value, headers, timestamp, compressed, outcomes);
    }
}
