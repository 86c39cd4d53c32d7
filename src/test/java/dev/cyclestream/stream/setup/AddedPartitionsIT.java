package dev.cyclestream.stream.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** Partitions that are added to a topic while an instance reads it. */
class AddedPartitionsIT extends SetUpScene {

    @Test
    void imagesOfANewPartitionWaitUntilTheirResultsHaveOneAndNoneIsLostOrMixed() throws Exception {
        make(PARTITIONS, input, output, deadLetters);
        try (ApplicationProcess process = start("live", runAToB("live"));
                ImageCollector collector = new ImageCollector(connection, output)) {
            process.awaitSaying("running: ", PATIENCE);
            List<CollectedImage> images = new ArrayList<>();
            send(0, "first");
            collect(collector, images, 1);
            grow(input, 3);
            send(2, "new-0", "new-1");
            process.awaitSaying(
                    "%s partition 2 waits for a partition of the same number in %s, which has 2; add some: kafka-topics.sh --alter --topic %s --partitions 3"
                            .formatted(input, output, output),
                    PATIENCE);
            send(0, "old-0");
            send(1, "old-1");
            collect(collector, images, 3);
            assertThat(images).extracting(CollectedImage::imageId).containsExactlyInAnyOrder("first", "old-0", "old-1");
            grow(output, 3);
            List<CollectedImage> all = new ArrayList<>();
            try (ImageCollector again = new ImageCollector(connection, output)) {
                collect(again, all, 5);
                again.poll(Duration.ofSeconds(2), all::add);
            }
            assertThat(all)
                    .extracting(CollectedImage::imageId)
                    .containsExactlyInAnyOrder("first", "old-0", "old-1", "new-0", "new-1");
            try (CommittedReader records = new CommittedReader(connection, output)) {
                assertThat(records.latest())
                        .extracting(record -> record.partition())
                        .containsExactly(0, 1, 2);
            }
            assertThat(process.terminate(PATIENCE)).as(process.said()).isZero();
        }
    }

    private static void collect(ImageCollector collector, List<CollectedImage> images, int count) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (images.size() < count && System.nanoTime() < end) {
            collector.poll(Duration.ofMillis(100), images::add);
        }
        assertThat(images).hasSize(count);
    }

    private void send(int partition, String... ids) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        connection.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer());
                Serializer<ImageEvent> serializer =
                        connection.serdes().imageEvents().serializer()) {
            for (String id : ids) {
                byte[] event = serializer.serialize(input, TestImages.event(id, TestImages.png(1)));
                producer.send(new ProducerRecord<>(input, partition, null, event))
                        .get();
            }
        }
    }
}
