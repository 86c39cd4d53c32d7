package dev.cyclestream.stream;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Names of headers that this application and Kafka Streams set. Senders may set them, too, and are not believed: such headers of
 * an input go neither to the result nor to the dead letter, so that whoever finds one there knows that it is ours.
 */
final class OwnHeaders {

    private static final String OURS = "cyclestream.";
    private static final String OF_STREAMS = "__streams.errors.";

    private OwnHeaders() {}

    /** Whether a sender has no say in a header of this name. */
    static boolean include(String name) {
        return name.startsWith(OURS) || name.startsWith(OF_STREAMS);
    }

    /** The headers that are the sender's to set. */
    static Headers without(Headers headers) {
        RecordHeaders others = new RecordHeaders();
        for (Header header : headers) {
            if (!include(header.key())) {
                others.add(header);
            }
        }
        return others;
    }
}
