package dev.cyclestream.bench;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.event.Direction;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.inference.InferenceSettings;
import dev.cyclestream.kafka.EmbeddedBroker;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.service.Instance;
import dev.cyclestream.stream.Collaborators;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Measures images a second: of raw inference on decoded images, and of the whole path (a real broker, exactly-once, Avro,
 * decoding, encoding). Raw inference is measured before and after, and the mean of both is what the path is compared with:
 * shared machines drift.
 */
public final class Benchmark {

    private static final String INPUT = "images.a";
    private static final String OUTPUT = "translated.b";
    private static final String DEAD_LETTERS = "dead-letters";

    private final KafkaConnection connection;
    private final Timing timing;

    /** @param connection to brokers that the benchmark may make topics on */
    private Benchmark(KafkaConnection connection, Timing timing) {
        this.connection = connection;
        this.timing = timing;
    }

    /**
     * The time that images take.
     *
     * @param length of each part, without its warm-up
     * @param longestWarmUp of the path, which is warm as soon as Java has compiled what it uses
     */
    public record Timing(Duration length, Duration longestWarmUp) {
        public Timing {
            if (length.isNegative() || length.isZero()) {
                throw new IllegalArgumentException("length: expected more than nothing, found " + length);
            }
        }
    }

    /**
     * The measurements of one run.
     *
     * @param size side of the images in pixels
     * @param images that counted on the path
     * @param warmUpSeconds of the path, before they counted
     * @param device of the generator
     * @param workers batches in flight
     * @param largestBatch images in one
     * @param streamThreads images in flight
     * @param raw inference alone; nothing where the generator only waits
     * @param path through the broker
     * @param latencyMillis from the encoded input to the encoded result, by percentile
     * @param stageMillis mean time of an image in each stage
     */
    public record Measurement(
            int size,
            int images,
            double warmUpSeconds,
            String device,
            int workers,
            int largestBatch,
            int streamThreads,
            Speed raw,
            Speed path,
            Map<String, Double> latencyMillis,
            Map<String, Double> stageMillis) {

        public Measurement {
            latencyMillis = Map.copyOf(latencyMillis);
            stageMillis = Map.copyOf(stageMillis);
        }

        /** The path as a share of raw inference. */
        public double ratio() {
            return path.perSecond() / raw.perSecond();
        }
    }

    /** Something to do with a benchmark while its broker runs. */
    @FunctionalInterface
    public interface Work {
        void with(Benchmark benchmark) throws IOException, InterruptedException;
    }

    /** Starts a broker in this process, and a registry in memory, for the time of the work. */
    public static void run(Timing timing, Work work) throws IOException, InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection connection =
                    new KafkaConnection(broker.bootstrapServers(), "mock://bench-" + UUID.randomUUID());
            work.with(new Benchmark(connection, timing));
        }
    }

    /**
     * Measures a generator alone and on the path.
     *
     * @param size side of the images in pixels
     * @param threads images in flight on the path
     */
    public Measurement measure(Checkpoint given, InferenceSettings settings, int size, int threads)
            throws IOException, InterruptedException {
        Checkpoint checkpoint = given.requireDirection(given.direction().orElse(Direction.A_TO_B));
        StageTimes times = new StageTimes();
        try (ImageTranslator translator = ImageTranslator.load(checkpoint, ImageCodec.standard(), settings, times)) {
            List<Picture> pictures = pictures(size);
            warmUp(checkpoint, pictures, threads);
            RawInference raw = new RawInference(checkpoint, settings, translator.parallelism(), pictures);
            Speed before = raw.measure(timing.length());
            PathSpeed path = pathSpeed(translator, times, pictures, threads, timing.length());
            Speed after = raw.measure(timing.length());
            return measurement(translator, times, size, threads, Speed.mean(before, after), path);
        }
    }

    /** A slow generator would take an hour to have the path around it compiled; one that hardly waits takes a minute. */
    private void warmUp(Checkpoint checkpoint, List<Picture> pictures, int threads)
            throws IOException, InterruptedException {
        StageTimes times = new StageTimes();
        try (ImageTranslator translator = waiting(checkpoint, Duration.ofMillis(1), threads, times)) {
            pathSpeed(translator, times, pictures, threads, Duration.ZERO);
        }
    }

    private static ImageTranslator waiting(Checkpoint checkpoint, Duration wait, int threads, StageTimes times) {
        return new ImageTranslator(
                checkpoint, new WaitingGenerator(wait), new Parallelism(threads, 1), ImageCodec.standard(), times);
    }

    /** Measures the path alone, around a generator that only waits. */
    public Measurement simulate(Checkpoint checkpoint, Duration wait, int size, int threads)
            throws IOException, InterruptedException {
        StageTimes times = new StageTimes();
        try (ImageTranslator translator = waiting(checkpoint, wait, threads, times)) {
            PathSpeed path = pathSpeed(translator, times, pictures(size), threads, timing.length());
            return measurement(translator, times, size, threads, Speed.NONE, path);
        }
    }

    private static Measurement measurement(
            ImageTranslator translator, StageTimes times, int size, int threads, Speed raw, PathSpeed path) {
        return new Measurement(
                size,
                path.images(),
                path.warmUpSeconds(),
                translator.device(),
                translator.parallelism().workers(),
                translator.parallelism().largestBatch(),
                threads,
                raw,
                path.speed(),
                Map.of(
                        "p50", times.percentileMillis(0.5),
                        "p95", times.percentileMillis(0.95),
                        "p99", times.percentileMillis(0.99)),
                times.meanMillis());
    }

    private static List<Picture> pictures(int size) {
        return DemoPicture.drawings(24, 1).stream()
                .map(picture -> picture.resize(size, size))
                .toList();
    }

    private record PathSpeed(int images, Speed speed, double warmUpSeconds) {}

    /** Images wait in the topic at all times. */
    private PathSpeed pathSpeed(
            ImageTranslator translator, StageTimes times, List<Picture> pictures, int threads, Duration length)
            throws IOException, InterruptedException {
        String run = UUID.randomUUID() + ".";
        StreamSettings settings = new StreamSettings(
                run + "bench",
                run + DEAD_LETTERS,
                threads,
                ImageLimits.DEFAULT.maxBytes(),
                StreamSettings.Tuning.DEFAULT);
        Route route = new Route(run + INPUT, run + OUTPUT, translator);
        try (Instance instance = new Instance(connection)) {
            instance.makeTopics(List.of(route), settings, threads);
            TranslationApplication application = instance.build(List.of(route), settings, Collaborators.none());
            Traffic traffic = instance.own(new Traffic(connection, route, pictures));
            application.start();
            return speedOf(() -> traffic.flow(application), traffic, times, length);
        }
    }

    private PathSpeed speedOf(Flow flow, Traffic traffic, StageTimes times, Duration length)
            throws IOException, InterruptedException {
        WarmUp warmUp = new WarmUp(timing.longestWarmUp());
        while (traffic.received() == 0 || !warmUp.isOver()) {
            flow.goOn();
        }
        times.clear();
        int before = traffic.received();
        Stopwatch stopwatch = new Stopwatch();
        while (!stopwatch.hasRun(length) || traffic.received() == before) {
            flow.goOn();
        }
        int images = traffic.received() - before;
        Speed speed = new Speed(stopwatch.perSecond(images), stopwatch.processorMillis(images));
        return new PathSpeed(images, speed, warmUp.seconds());
    }

    private interface Flow {
        void goOn() throws IOException, InterruptedException;
    }
}
