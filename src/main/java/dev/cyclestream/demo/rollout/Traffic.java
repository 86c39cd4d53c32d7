package dev.cyclestream.demo.rollout;

import dev.cyclestream.deadletter.DeadLetterCollector;
import dev.cyclestream.demo.Demo.DemoProgress;
import dev.cyclestream.demo.DemoFailedException;
import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pictures on their way: as one comes back, the next is sent, round after round, so that the stream always has a few to do and
 * each step of the roll-out meets it at work.
 */
final class Traffic implements AutoCloseable {

    /** Three for each partition: what is sent before a step is announced is not translated by it. */
    private static final int IN_FLIGHT = 12;

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<DemoPicture> pictures;
    private final TranslationApplication application;
    private final DemoProgress progress;
    private final ImagePublisher publisher;
    private final ImageCollector resultReader;
    private final ImageCollector shadowReader;
    private final DeadLetterCollector deadLetterReader;
    private final List<MadeImage> results = new ArrayList<>();
    private final List<MadeImage> shadows = new ArrayList<>();
    private final Map<Integer, Long> splits = new HashMap<>();
    private int deadLetters;
    private int sent;
    private Instant lastNews = Instant.now();

    /** The topics that exist. */
    record TopicNames(String input, String output, String shadow, String deadLetters) {}

    Traffic(
            KafkaConnection connection,
            TopicNames topics,
            List<DemoPicture> pictures,
            TranslationApplication application,
            DemoProgress progress) {
        this.pictures = pictures;
        this.application = application;
        this.progress = progress;
        publisher = new ImagePublisher(connection, topics.input(), ImageLimits.DEFAULT.maxBytes());
        resultReader = new ImageCollector(connection, topics.output());
        shadowReader = new ImageCollector(connection, topics.shadow());
        deadLetterReader = new DeadLetterCollector(connection, topics.deadLetters());
    }

    /** Goes on until so many more came back. */
    void translate(int count) throws IOException, InterruptedException {
        int end = back() + count;
        while (back() < end) {
            goOn();
        }
    }

    /** Goes on until every partition that has images works by a split. */
    void translateUntil(long split) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!isEverywhere(split)) {
            if (Instant.now().isAfter(end)) {
                throw new DemoFailedException(
                        "split %d: expected it in all %d partitions within %d s, found the splits %s"
                                .formatted(split, splits.size(), PATIENCE.toSeconds(), splits),
                        Optional.empty());
            }
            goOn();
        }
    }

    /** True if every partition that has images works by a split, or a later one. */
    private boolean isEverywhere(long split) {
        return splits.values().stream().allMatch(latest -> latest >= split);
    }

    /** Sends what keeps the stream at work, and takes what came back. */
    void goOn() throws IOException, InterruptedException {
        for (; sent - back() < IN_FLIGHT; sent++) {
            DemoPicture picture = pictures.get(sent % pictures.size());
            publisher.send(DemoPicture.event(picture.id(), picture.encoded()));
        }
        receive();
    }

    /** Sends nothing more, and takes all that is on its way. */
    void finish(RecordedDecisions decisions) throws IOException, InterruptedException {
        while (back() < sent) {
            receive();
        }
        long expected = results.stream()
                .filter(result -> decisions.isShadowed(result.position(), result.imageId()))
                .count();
        lastNews = Instant.now();
        while (shadows.size() < expected) {
            receive();
        }
    }

    private void receive() throws IOException, InterruptedException {
        int before = back() + shadows.size();
        resultReader.poll(POLL, image -> {
            MadeImage result = new MadeImage(image, Instant.now());
            results.add(result);
            splits.put(result.partition(), result.decision().split());
        });
        shadowReader.poll(Duration.ZERO, image -> shadows.add(new MadeImage(image, Instant.now())));
        deadLetterReader.poll(Duration.ZERO, letter -> deadLetters++);
        if (back() + shadows.size() > before) {
            lastNews = Instant.now();
            progress.translated(results.size(), Math.max(pictures.size(), sent));
        }
        requireGoingOn();
    }

    private void requireGoingOn() throws InterruptedException {
        if (application.hasEnded(Duration.ZERO)) {
            throw new DemoFailedException("the stream application stopped", application.awaitEnd());
        }
        if (Duration.between(lastNews, Instant.now()).compareTo(PATIENCE) > 0) {
            throw new DemoFailedException(
                    "expected a result within %d s, found none behind %d results and %d shadows of %d images"
                            .formatted(PATIENCE.toSeconds(), results.size(), shadows.size(), sent),
                    Optional.empty());
        }
    }

    private int back() {
        return results.size() + deadLetters;
    }

    List<MadeImage> results() {
        return List.copyOf(results);
    }

    List<MadeImage> shadows() {
        return List.copyOf(shadows);
    }

    int deadLetters() {
        return deadLetters;
    }

    @Override
    public void close() {
        publisher.close();
        resultReader.close();
        shadowReader.close();
        deadLetterReader.close();
    }
}
