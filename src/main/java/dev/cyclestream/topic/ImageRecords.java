package dev.cyclestream.topic;

import dev.cyclestream.event.EventSerdes;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** A reader of the records of a topic as what they are; it goes on past those that cannot be read. */
final class ImageRecords {

    private final Deserializer<SpecificRecord> deserializer;
    private final PassedOver passedOver;

    ImageRecords(EventSerdes serdes, String topic) {
        deserializer = serdes.anyEvent();
        passedOver = new PassedOver(topic);
    }

    /** The record, if it holds an image or refers to one; otherwise it is counted. */
    Optional<TopicRecord> read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            passedOver.addWithoutValue();
            return Optional.empty();
        }
        try {
            return Optional.of(new TopicRecord(record.partition(), record.offset(), deserialize(record)));
        } catch (UnexpectedRecordException e) {
            add(record, e);
            return Optional.empty();
        }
    }

    private SpecificRecord deserialize(ConsumerRecord<byte[], byte[]> record) {
        try {
            return deserializer.deserialize(record.topic(), record.value());
        } catch (RuntimeException e) { // bytes of strangers make the deserializer throw all kinds
            if (EventSerdes.isUnreadable(e)) {
                throw new UnexpectedRecordException(
                        "expected an image, found what cannot be read: " + EventSerdes.describe(e));
            }
            throw e;
        }
    }

    /** Counts a record whose image cannot be had. */
    void add(ConsumerRecord<byte[], byte[]> record, UnexpectedRecordException why) {
        passedOver.add(record.partition(), record.offset(), why.getMessage());
    }

    PassedOver passedOver() {
        return passedOver;
    }
}
