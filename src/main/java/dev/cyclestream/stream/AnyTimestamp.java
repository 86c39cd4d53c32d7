package dev.cyclestream.stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp. Kafka Streams stops at a negative one, or passes over the record without a word; here it becomes
 * one that no topic takes, so that the record becomes a dead letter. Kafka Streams makes the instances itself.
 */
public final class AnyTimestamp implements TimestampExtractor {

    /** Stands for any negative timestamp. */
    static final long NEGATIVE = Long.MAX_VALUE;

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() < 0 ? NEGATIVE : record.timestamp();
    }
}
