package dev.cyclestream.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.DeadLetterCollector;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Topics of a test's own; what was sent into them and what came out. */
final class ImageFlow implements AutoCloseable {

    private static final int PARTITIONS = 6;
    private static final int MAX_IMAGE_BYTES = 1 << 20;
    private static final int SIDE = 128;
    private static final int POISON_EVERY = 40;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final KafkaConnection connection;
    private final String name;
    private final ImageCollector collector;
    private final DeadLetterCollector deadLetterCollector;
    private final Set<String> good = new HashSet<>();
    private final Set<String> poison = new HashSet<>();
    private final List<CollectedImage> images = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();

    private ImageFlow(KafkaConnection connection, String name) {
        this.connection = connection;
        this.name = name;
        collector = new ImageCollector(connection, topic("translated.b"));
        deadLetterCollector = new DeadLetterCollector(connection, topic("dead-letters"));
    }

    /** @param compression of the input topic: each has a native library that the image must bring along */
    static ImageFlow create(KafkaConnection connection, String name, String compression) throws Exception {
        Map<String, Object> client = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            List<NewTopic> topics = List.of(
                    topic("images.a." + name, compression),
                    topic("translated.b." + name, "producer"),
                    topic("dead-letters." + name, "producer"));
            admin.createTopics(topics).all().get();
        }
        return new ImageFlow(connection, name);
    }

    private static NewTopic topic(String name, String compression) {
        return new NewTopic(name, PARTITIONS, (short) 1)
                .configs(Map.of(
                        "compression.type",
                        compression,
                        "max.message.bytes",
                        Integer.toString(MAX_IMAGE_BYTES + (256 << 10))));
    }

    private String topic(String prefix) {
        return prefix + "." + name;
    }

    /** What a translator must be told, and one thing more. */
    Map<String, String> options(String variable, String value) {
        Map<String, String> options = new HashMap<>(options());
        options.put(variable, value);
        return options;
    }

    /** What a translator must be told to work between these topics. */
    Map<String, String> options() {
        return Map.of(
                "CYCLESTREAM_APPLICATION_ID", name,
                "CYCLESTREAM_IMAGES_A", topic("images.a"),
                "CYCLESTREAM_TRANSLATED_B", topic("translated.b"),
                "CYCLESTREAM_DEAD_LETTERS", topic("dead-letters"),
                "CYCLESTREAM_MAX_IMAGE_BYTES", "1MiB");
    }

    void publish(int count) {
        byte[] text = "these bytes are no image".getBytes(StandardCharsets.UTF_8);
        try (ImagePublisher publisher = new ImagePublisher(connection, topic("images.a"), MAX_IMAGE_BYTES)) {
            for (int index = 0; index < count; index++) {
                String id = "image-" + index;
                boolean isPoison = index % POISON_EVERY == POISON_EVERY - 1;
                (isPoison ? poison : good).add(id);
                publisher.send(event(id, isPoison ? text : noise(index)));
            }
            publisher.flush();
        }
    }

    private static byte[] noise(long seed) {
        byte[] samples = new byte[SIDE * SIDE * Picture.CHANNELS];
        new SplittableRandom(seed).nextBytes(samples);
        return new ImageEncoder(1)
                .encode(new Picture(SIDE, SIDE, samples), seed % 2 == 0 ? ImageFormat.PNG : ImageFormat.JPEG)
                .toBytes();
    }

    private static ImageEvent event(String id, byte[] content) {
        return ImageEvent.newBuilder()
                .setImageId(id)
                .setContentType("image/png")
                .setImage(ByteBuffer.wrap(content))
                .setTakenAt(Instant.ofEpochMilli(1_700_000_000_000L))
                .setAttributes(Map.of())
                .build();
    }

    /** Images that came out so far. */
    int count() {
        return images.size();
    }

    void awaitImages(int count) throws IOException {
        await(count, 0);
    }

    void awaitAll() throws IOException {
        await(good.size(), poison.size());
    }

    private void await(int count, int letters) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (images.size() < count || deadLetters.size() < letters) {
            assertThat(System.nanoTime())
                    .as("%d of %d images, %d of %d dead letters", images.size(), count, deadLetters.size(), letters)
                    .isLessThan(end);
            poll(POLL);
        }
    }

    private void poll(Duration patience) throws IOException {
        collector.poll(patience, images::add);
        deadLetterCollector.poll(POLL, letter -> deadLetters.add(letter.key()));
    }

    /** Waits a little for what should not come. */
    void assertEachOnce() throws IOException {
        poll(Duration.ofSeconds(3));
        assertThat(images).extracting(CollectedImage::imageId).containsExactlyInAnyOrderElementsOf(good);
        assertThat(deadLetters).containsExactlyInAnyOrderElementsOf(poison);
        Map<Integer, Long> latest = new HashMap<>();
        for (CollectedImage image : images) {
            Provenance provenance = image.provenance().orElseThrow();
            Long earlier = latest.put(provenance.getSourcePartition(), provenance.getSourceOffset());
            assertThat(provenance.getSourceOffset()).isGreaterThan(earlier == null ? -1L : earlier);
        }
        assertThat(latest).hasSize(PARTITIONS);
    }

    @Override
    public void close() {
        collector.close();
        deadLetterCollector.close();
    }
}
