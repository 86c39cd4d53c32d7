package dev.cyclestream.bench;

import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sends images into one end of the path and takes them out of the other. */
final class Traffic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    /** The application never waits for images. */
    private static final int PUBLISHED_AHEAD = 500;

    private final ImagePublisher publisher;
    private final ImageCollector collector;
    private final List<byte[]> images;
    private int sent;
    private int received;

    Traffic(KafkaConnection connection, Route route, List<Picture> pictures) {
        ImageEncoder encoder = new ImageEncoder(ImageEncoder.DEFAULT_JPEG_QUALITY);
        images = pictures.stream()
                .map(picture -> encoder.encode(picture, ImageFormat.PNG).toBytes())
                .toList();
        publisher = new ImagePublisher(connection, route.inputTopic(), ImageLimits.DEFAULT.maxBytes());
        collector = new ImageCollector(connection, route.outputTopic());
    }

    int received() {
        return received;
    }

    void flow(TranslationApplication application) throws IOException, InterruptedException {
        if (sent - received < PUBLISHED_AHEAD / 2) {
            for (int end = received + PUBLISHED_AHEAD; sent < end; sent++) {
                publisher.send(DemoPicture.event("bench-" + sent, images.get(sent % images.size())));
            }
        }
        collector.poll(POLL, image -> received++);
        if (application.hasEnded(Duration.ZERO)) {
            throw new IllegalStateException("the application stopped: " + application.awaitEnd());
        }
    }

    @Override
    public void close() {
        publisher.close();
        collector.close();
    }
}
