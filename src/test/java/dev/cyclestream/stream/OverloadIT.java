package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.TestKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * More images than one instance can translate, for a while ({@code -Dcyclestream.overload=PT1M} for example): its figures are
 * those that another consumer of the same group sees.
 */
@Timeout(600)
class OverloadIT {

    private static final Duration LOAD = Duration.parse(System.getProperty("cyclestream.overload", "PT20S"));
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int IMAGES_PER_SECOND = 150;
    private static final int PARTITIONS = 12;
    private static final int MOST_ASKED = 5;
    private static final String AGE = "cyclestream_oldest_image_age_seconds";
    private static final int MOMENTS = 10;
    private static final String GROUP = "overloaded";

    @TempDir
    private Path folder;

    /** What the brokers know at a moment. */
    private record Moment(long millis, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed) {}

    @Test
    void figuresAreTrueUnderOverload() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (TestKafka kafka = TestKafka.start(PARTITIONS);
                ApplicationProcess instance = start(kafka);
                Consumer<byte[], byte[]> other = consumer(kafka)) {
            instance.awaitSaying("running: ", PATIENCE);
            Future<Integer> load = threads.submit(load(kafka));
            long most = 0;
            for (int moment = 0; moment < MOMENTS; moment++) {
                Thread.sleep(LOAD.toMillis() / (MOMENTS + 1));
                most = Math.max(most, compare(instance, other, moment));
            }
            int sent = load.get();
            awaitDone(instance, other);
            compare(instance, other, 0);
            String metrics = instance.ask("/metrics").body();
            assertThat(figure(metrics, "cyclestream_translated_images_total\\{direction=\"A_TO_B\"}"))
                    .isEqualTo(sent);
            assertThat(figure(metrics, "cyclestream_end_to_end_seconds_count\\{direction=\"A_TO_B\"}"))
                    .isEqualTo(sent);
            assertThat(metrics).contains("cyclestream_assigned_partitions 12.0").contains("cyclestream_ready 1.0");
            System.out.printf("%d images in %s, up to %d waited, as shown%n", sent, LOAD, most);
            assertThat(most).as("overload").isGreaterThan(IMAGES_PER_SECOND);
        } finally {
            threads.shutdownNow();
        }
    }

    private ApplicationProcess start(TestKafka kafka) throws Exception {
        return ApplicationProcess.start(
                folder.resolve("instance.log"),
                RunArguments.of(
                        kafka.connection(),
                        DemoCheckpoint.file("a-to-b.onnx"),
                        "--application-id",
                        GROUP,
                        "--http-port",
                        "0"));
    }

    /** Sends as fast as is asked for, whatever becomes of it; the images have a size that takes a while. */
    private static Callable<Integer> load(TestKafka kafka) {
        return () -> {
            byte[] event;
            try (var serde = kafka.connection().serdes().imageEvents()) {
                ImageEvent image = TestImages.event("noise", TestImages.encode(64, 1, ImageFormat.PNG));
                event = serde.serializer().serialize(TestKafka.INPUT, image);
            }
            int sent = 0;
            try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                    kafka.connection().clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
                long start = System.nanoTime();
                while (System.nanoTime() - start < LOAD.toNanos()) {
                    byte[] key = Integer.toString(sent).getBytes(StandardCharsets.UTF_8);
                    var unused = producer.send(new ProducerRecord<>(TestKafka.INPUT, sent % PARTITIONS, key, event));
                    sent++;
                    long due = start + TimeUnit.SECONDS.toNanos(1) / IMAGES_PER_SECOND * sent;
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                }
            }
            return sent;
        };
    }

    /**
     * Returns how much waits; what is shown lies between what is true before and after. An age that cannot be looked up within a
     * second is not shown, so it is asked for again.
     */
    private static long compare(ApplicationProcess instance, Consumer<byte[], byte[]> other, int looked)
            throws Exception {
        TopicPartition first = new TopicPartition(TestKafka.INPUT, looked % PARTITIONS);
        Moment before = moment(other);
        String metrics = instance.ask("/metrics").body();
        for (int asked = 1; asked < MOST_ASKED && !isShown(metrics, AGE + tags(first)); asked++) {
            before = moment(other);
            metrics = instance.ask("/metrics").body();
        }
        Moment after = moment(other);
        long all = 0;
        for (TopicPartition partition : before.ends().keySet()) {
            long shown = (long) figure(metrics, "cyclestream_consumer_lag_records" + tags(partition));
            assertThat(shown)
                    .as("lag of %s", partition)
                    .isBetween(
                            Math.max(
                                    0,
                                    before.ends().get(partition)
                                            - after.committed().get(partition)),
                            after.ends().get(partition) - before.committed().get(partition));
            all += shown;
        }
        if (after.committed().get(first) < before.ends().get(first)) {
            double age = figure(metrics, AGE + tags(first)) * 1000;
            assertThat(age)
                    .as("age of the oldest image of %s", first)
                    .isBetween(
                            (double) before.millis()
                                    - timestamp(other, first, after.committed().get(first))
                                    - 1,
                            (double) after.millis()
                                    - timestamp(other, first, before.committed().get(first))
                                    + 1);
        }
        return all;
    }

    private static Moment moment(Consumer<byte[], byte[]> other) {
        Set<TopicPartition> partitions = other.assignment();
        Map<TopicPartition, Long> committed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> known = other.committed(partitions);
        partitions.forEach(partition -> committed.put(
                partition,
                known.get(partition) == null ? 0 : known.get(partition).offset()));
        return new Moment(System.currentTimeMillis(), other.endOffsets(partitions), committed);
    }

    private static long timestamp(Consumer<byte[], byte[]> other, TopicPartition partition, long offset) {
        other.pause(other.assignment());
        other.resume(Set.of(partition));
        other.seek(partition, offset);
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record :
                    other.poll(Duration.ofSeconds(1)).records(partition)) {
                return record.timestamp();
            }
        }
    }

    private static void awaitDone(ApplicationProcess instance, Consumer<byte[], byte[]> other) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Moment now = moment(other);
        while (!now.ends().equals(now.committed())) {
            assertThat(System.nanoTime()).as(instance::said).isLessThan(end);
            Thread.sleep(500);
            now = moment(other);
        }
    }

    private static String tags(TopicPartition partition) {
        return "\\{partition=\"%d\",topic=\"%s\"}".formatted(partition.partition(), Pattern.quote(partition.topic()));
    }

    private static boolean isShown(String metrics, String name) {
        return line(metrics, name).find();
    }

    private static Matcher line(String metrics, String name) {
        return Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(metrics);
    }

    /** The one line that has this name. */
    private static double figure(String metrics, String name) {
        Matcher line = line(metrics, name);
        assertThat(line.find()).as(name).isTrue();
        double value = Double.parseDouble(line.group(1));
        assertThat(line.find()).as("%s a second time", name).isFalse();
        return value;
    }

    private static Consumer<byte[], byte[]> consumer(TestKafka kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.connection().clientSettings());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP); // assigned by hand, so no member of it
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TestKafka.INPUT, partition))
                .collect(Collectors.toSet()));
        return consumer;
    }
}
