package dev.cyclestream.demo;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.deadletter.DeadLetterCollector;
import dev.cyclestream.event.Direction;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.kafka.EmbeddedBroker;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.service.Instance;
import dev.cyclestream.stream.Collaborators;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Everything at once, in one process: a real broker, a registry in memory, the stream application, and pictures that go
 * from domain A to domain B and back.
 */
public final class Demo {

    private static final String IMAGES_A = "images.a";
    private static final String TRANSLATED_B = "translated.b";
    private static final String IMAGES_B = "images.b";
    private static final String TRANSLATED_A = "translated.a";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final int PARTITIONS = 4;
    private static final Duration POLL = Duration.ofMillis(20);

    private final List<DemoPicture> pictures;
    private final Path output;
    private final DemoProgress progress;

    /** Is told how the demo goes. */
    public interface DemoProgress {

        /** A part is done; the text says which. */
        void done(String part);

        /** So many translations of all are done. */
        void translated(int count, int all);
    }

    /**
     * The files and figures that the demo leaves behind.
     *
     * @param translations in both directions
     * @param deadLetters pictures that could not be translated
     * @param imagesPerSecond translations a second, through the broker
     */
    public record Result(int translations, int deadLetters, double imagesPerSecond, Path page, Path contactSheet) {}

    public Demo(List<DemoPicture> pictures, Path output, DemoProgress progress) {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("demo: expected at least one picture, found none");
        }
        this.pictures = List.copyOf(pictures);
        this.output = output;
        this.progress = progress;
    }

    /**
     * Runs to the end.
     *
     * @throws DemoFailedException if the application stopped on the way
     */
    public Result run() throws IOException, InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            progress.done("broker at " + broker.bootstrapServers());
            String registry = "mock://demo-" + UUID.randomUUID();
            KafkaConnection connection = new KafkaConnection(broker.bootstrapServers(), registry);
            try (ImageTranslator aToB = load(Direction.A_TO_B);
                    ImageTranslator bToA = load(Direction.B_TO_A)) {
                progress.done("checkpoints %.12s and %.12s"
                        .formatted(aToB.checkpoint().sha256(), bToA.checkpoint().sha256()));
                RoundTrips trips = translate(
                        connection,
                        List.of(new Route(IMAGES_A, TRANSLATED_B, aToB), new Route(IMAGES_B, TRANSLATED_A, bToA)));
                return write(trips, aToB.checkpoint());
            }
        }
    }

    /** The checkpoint that comes with this program, for one direction. */
    public static Checkpoint checkpoint(Direction direction) throws IOException {
        String name = direction == Direction.A_TO_B ? "a-to-b.onnx" : "b-to-a.onnx";
        try (InputStream content = Demo.class.getResourceAsStream("/checkpoints/" + name)) {
            return Checkpoint.open(name, content).requireDirection(direction);
        }
    }

    private static ImageTranslator load(Direction direction) throws IOException {
        return ImageTranslator.load(checkpoint(direction), ImageTranslator.ImageCodec.standard());
    }

    private RoundTrips translate(KafkaConnection connection, List<Route> routes)
            throws InterruptedException, IOException {
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        StreamSettings settings = new StreamSettings(
                "cyclestream-demo",
                DEAD_LETTERS,
                threads,
                ImageLimits.DEFAULT.maxBytes(),
                StreamSettings.Tuning.DEFAULT);
        try (Instance instance = new Instance(connection)) {
            instance.makeTopics(routes, settings, PARTITIONS);
            TranslationApplication application = instance.build(routes, settings, Collaborators.none());
            application.start();
            application.awaitRunning();
            progress.done("stream application with %d threads".formatted(threads));
            return sendThereAndBack(connection, application);
        }
    }

    private RoundTrips sendThereAndBack(KafkaConnection connection, TranslationApplication application)
            throws InterruptedException, IOException {
        RoundTrips trips = new RoundTrips(pictures);
        int maxBytes = ImageLimits.DEFAULT.maxBytes();
        try (ImagePublisher toA = new ImagePublisher(connection, IMAGES_A, maxBytes);
                ImagePublisher toB = new ImagePublisher(connection, IMAGES_B, maxBytes);
                ImageCollector fromB = new ImageCollector(connection, TRANSLATED_B);
                ImageCollector fromA = new ImageCollector(connection, TRANSLATED_A);
                DeadLetterCollector deadLetters = new DeadLetterCollector(connection, DEAD_LETTERS)) {
            long start = System.nanoTime();
            for (DemoPicture picture : pictures) {
                toA.send(DemoPicture.event(picture.id(), picture.encoded()));
            }
            while (!trips.isComplete()) {
                fromB.poll(POLL, image -> {
                    trips.translated(image);
                    toB.send(DemoPicture.event(image.imageId(), image.toBytes()));
                });
                fromA.poll(POLL, trips::returned);
                deadLetters.poll(POLL, trips::deadLetter);
                progress.translated(trips.translations(), 2 * (pictures.size() - trips.deadLetters()));
                if (application.hasEnded(Duration.ZERO)) {
                    throw new DemoFailedException("the stream application stopped", application.awaitEnd());
                }
            }
            trips.finished(Duration.ofNanos(System.nanoTime() - start));
        }
        return trips;
    }

    private Result write(RoundTrips trips, Checkpoint checkpoint) throws IOException {
        Path page = output.resolve("index.html");
        Path sheet = output.resolve("contact-sheet.png");
        DemoPages pages = new DemoPages(trips, checkpoint);
        pages.page().write(page);
        pages.contactSheet().writePng(sheet);
        return new Result(trips.translations(), trips.deadLetters(), trips.imagesPerSecond(), page, sheet);
    }
}
