package dev.cyclestream.bench;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.event.Direction;
import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.RgbImage;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.inference.InferenceSettings;
import dev.cyclestream.inference.OnnxGenerator;
import dev.cyclestream.stream.EmbeddedBroker;
import dev.cyclestream.stream.ImageCollector;
import dev.cyclestream.stream.ImagePublisher;
import dev.cyclestream.stream.KafkaConnection;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.Topics;
import dev.cyclestream.stream.TranslationApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures images a second: of raw inference on decoded images, and of the whole path (a real broker, exactly-once, Avro,
 * decoding, encoding). Raw inference is measured before and after, and the mean of both is what the path is compared with:
 * shared machines drift.
 */
public final class Benchmark {

    private static final String INPUT = "images.a";
    private static final String OUTPUT = "translated.b";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final Duration POLL = Duration.ofMillis(20);
    private static final double NANOS = 1e9;

    /** Images before the clock starts, as a share of those that count. */
    private static final double WARM_UP = 0.2;

    private final KafkaConnection connection;

    /** @param connection to brokers that the benchmark may make topics on */
    private Benchmark(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * What was measured.
     *
     * @param size side of the images in pixels
     * @param images that counted
     * @param device of the generator
     * @param workers batches in flight
     * @param largestBatch images in one
     * @param streamThreads images in flight
     * @param rawPerSecond images a second of inference alone; 0 where the generator only waits
     * @param pathPerSecond images a second through the broker
     * @param latencyMillis from the encoded input to the encoded result, by percentile
     * @param stageMillis mean time of an image in each stage
     */
    public record Measurement(
            int size,
            int images,
            String device,
            int workers,
            int largestBatch,
            int streamThreads,
            double rawPerSecond,
            double pathPerSecond,
            Map<String, Double> latencyMillis,
            Map<String, Double> stageMillis) {

        public Measurement {
            latencyMillis = Map.copyOf(latencyMillis);
            stageMillis = Map.copyOf(stageMillis);
        }

        /** The path as a share of raw inference. */
        public double ratio() {
            return pathPerSecond / rawPerSecond;
        }
    }

    /** Something to do with a benchmark while its broker runs. */
    @FunctionalInterface
    public interface Work {
        void with(Benchmark benchmark) throws IOException, InterruptedException;
    }

    /** Starts a broker in this process, and a registry in memory, for the time of the work. */
    public static void run(Work work) throws IOException, InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            work.with(
                    new Benchmark(new KafkaConnection(broker.bootstrapServers(), "mock://bench-" + UUID.randomUUID())));
        }
    }

    /**
     * Measures a generator alone and on the path.
     *
     * @param size side of the images in pixels
     * @param images that count
     * @param threads images in flight on the path
     */
    public Measurement measure(Checkpoint given, InferenceSettings settings, int size, int images, int threads)
            throws IOException, InterruptedException {
        Checkpoint checkpoint = given.requireDirection(given.direction().orElse(Direction.A_TO_B));
        StageTimes times = new StageTimes();
        try (ImageTranslator translator = ImageTranslator.load(checkpoint, ImageCodec.standard(), settings, times)) {
            List<RgbImage> pictures = pictures(size);
            double before = rawPerSecond(checkpoint, settings, translator.parallelism(), pictures, images);
            double path = pathPerSecond(translator, pictures, images, threads);
            double after = rawPerSecond(checkpoint, settings, translator.parallelism(), pictures, images);
            return measurement(translator, times, size, images, threads, (before + after) / 2, path);
        }
    }

    /** Measures the path alone, around a generator that only waits. */
    public Measurement simulate(Checkpoint checkpoint, Duration wait, int size, int images, int threads)
            throws IOException, InterruptedException {
        StageTimes times = new StageTimes();
        Parallelism parallelism = new Parallelism(threads, 1);
        try (ImageTranslator translator = new ImageTranslator(
                checkpoint, new WaitingGenerator(wait), parallelism, ImageCodec.standard(), times)) {
            double path = pathPerSecond(translator, pictures(size), images, threads);
            return measurement(translator, times, size, images, threads, 0, path);
        }
    }

    private static Measurement measurement(
            ImageTranslator translator,
            StageTimes times,
            int size,
            int images,
            int threads,
            double rawPerSecond,
            double pathPerSecond) {
        return new Measurement(
                size,
                images,
                translator.device(),
                translator.parallelism().workers(),
                translator.parallelism().largestBatch(),
                threads,
                rawPerSecond,
                pathPerSecond,
                Map.of(
                        "p50", times.percentileMillis(0.5),
                        "p95", times.percentileMillis(0.95),
                        "p99", times.percentileMillis(0.99)),
                times.meanMillis());
    }

    private static List<RgbImage> pictures(int size) {
        return DemoPicture.drawings(24, 1).stream()
                .map(picture -> picture.resize(size, size))
                .toList();
    }

    /** As many callers as batches in flight, each with full batches, and nothing else to do. */
    private static double rawPerSecond(
            Checkpoint checkpoint,
            InferenceSettings settings,
            Parallelism parallelism,
            List<RgbImage> pictures,
            int images)
            throws InterruptedException {
        try (Generator generator = OnnxGenerator.load(checkpoint, settings)) {
            raw(generator, parallelism, pictures, (int) Math.ceil(images * WARM_UP));
            long start = System.nanoTime();
            raw(generator, parallelism, pictures, images);
            return images * NANOS / (System.nanoTime() - start);
        }
    }

    private static void raw(Generator generator, Parallelism parallelism, List<RgbImage> pictures, int images)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(parallelism.workers());
        List<Future<?>> done = new ArrayList<>();
        for (int worker = 0; worker < parallelism.workers(); worker++) {
            done.add(callers.submit(() -> {
                int first = next.getAndAdd(parallelism.largestBatch());
                while (first < images) {
                    List<RgbImage> batch = new ArrayList<>();
                    for (int i = first; i < Math.min(images, first + parallelism.largestBatch()); i++) {
                        batch.add(pictures.get(i % pictures.size()));
                    }
                    generator.translate(batch);
                    first = next.getAndAdd(parallelism.largestBatch());
                }
            }));
        }
        callers.shutdown();
        callers.awaitTermination(1, TimeUnit.HOURS);
        for (Future<?> worker : done) {
            try {
                worker.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        "inference failed: " + e.getCause().getMessage(), e);
            }
        }
    }

    /** All images are in the topic before the application starts; the clock runs from the end of the warm-up. */
    private double pathPerSecond(ImageTranslator translator, List<RgbImage> pictures, int images, int threads)
            throws IOException, InterruptedException {
        String run = UUID.randomUUID() + ".";
        int warmUp = (int) Math.ceil(images * WARM_UP) + threads;
        int all = warmUp + images;
        StreamSettings settings = new StreamSettings(
                run + "bench",
                run + DEAD_LETTERS,
                threads,
                ImageLimits.DEFAULT.maxBytes(),
                StreamSettings.Tuning.DEFAULT);
        Route route = new Route(run + INPUT, run + OUTPUT, translator);
        try (Topics topics = new Topics(connection)) {
            topics.createMissing(
                    List.of(route.inputTopic(), route.outputTopic(), settings.deadLetterTopic()),
                    Optional.of(threads),
                    StreamSettings.maxRecordBytes(settings.maxImageBytes()));
        }
        publish(route.inputTopic(), pictures, all);
        try (TranslationApplication application = TranslationApplication.of(List.of(route), settings, connection);
                ImageCollector collector = new ImageCollector(connection, route.outputTopic())) {
            application.start();
            long[] clock = new long[2];
            int[] count = new int[1];
            while (count[0] < all) {
                collector.poll(POLL, image -> {
                    count[0]++;
                    if (count[0] == warmUp) {
                        clock[0] = System.nanoTime();
                    }
                });
                if (application.hasEnded(Duration.ZERO)) {
                    throw new IllegalStateException("the application stopped: " + application.awaitEnd());
                }
            }
            clock[1] = System.nanoTime();
            return images * NANOS / (clock[1] - clock[0]);
        }
    }

    private void publish(String topic, List<RgbImage> pictures, int count) {
        ImageEncoder encoder = new ImageEncoder(ImageEncoder.DEFAULT_JPEG_QUALITY);
        List<EncodedImage> encoded = pictures.stream()
                .map(picture -> encoder.encode(picture, ImageFormat.PNG))
                .toList();
        try (ImagePublisher publisher = new ImagePublisher(connection, topic, ImageLimits.DEFAULT.maxBytes())) {
            for (int index = 0; index < count; index++) {
                byte[] image = encoded.get(index % encoded.size()).toBytes();
                publisher.send(DemoPicture.event("bench-" + index, image));
            }
            publisher.flush();
        }
    }
}
