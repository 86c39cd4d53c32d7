package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.checkpoint.SelfTest;
import dev.cyclestream.event.Direction;
import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.MachineMark;
import dev.cyclestream.image.SizePolicy;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.Picture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Translates encoded images with one checkpoint. Decoding and encoding run on the caller's thread, beside the device;
 * safe for use by several threads.
 */
public final class ImageTranslator implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ImageTranslator.class);
    private static final int TRIAL_SIZE = 64;
    private static final int TIMED_SIZE = 256;
    private static final int QUICKLY_TIMED_SIZE = 64;
    private static final int LEAST_RUNS = 3;
    private static final int MOST_RUNS = 20;
    private static final Duration TIMED_FOR = Duration.ofSeconds(1);

    private final Checkpoint checkpoint;
    private final ImageCodec codec;
    private final TranslationMetrics metrics;
    private final Batcher.Parallelism parallelism;
    private final Generator generator;
    private final Batcher batcher;
    private final MachineMark mark;
    private final LongAdder count = new LongAdder();
    private volatile Optional<Duration> timed = Optional.empty();

    /** Settings of reading, resizing and writing images. */
    public record ImageCodec(ImageDecoder decoder, SizePolicy sizePolicy, ImageEncoder encoder) {
        /** Limits, size and quality as they are unless a user says otherwise. */
        public static ImageCodec standard() {
            return new ImageCodec(
                    new ImageDecoder(ImageLimits.DEFAULT),
                    new SizePolicy.Native(SizePolicy.DEFAULT_MAX_SIDE),
                    new ImageEncoder(ImageEncoder.DEFAULT_JPEG_QUALITY));
        }
    }

    /**
     * An image that was translated.
     *
     * @param result as it is written
     * @param input the pixels that were translated
     * @param output the pixels that came out
     * @param stages what it took
     */
    public record Translation(EncodedImage result, Picture input, Picture output, TranslationMetrics.Stages stages) {}

    /** Takes over the generator. */
    public ImageTranslator(
            Checkpoint checkpoint,
            Generator generator,
            Batcher.Parallelism parallelism,
            ImageCodec codec,
            TranslationMetrics metrics) {
        this.checkpoint = checkpoint;
        this.codec = codec;
        this.metrics = metrics;
        this.parallelism = parallelism;
        this.generator = generator;
        this.batcher = new Batcher(generator, parallelism);
        this.mark = new MachineMark(
                "Cyclestream", "checkpoint %s, SHA-256 %s".formatted(checkpoint.name(), checkpoint.sha256()));
    }

    /** Loads a checkpoint on the CPU. */
    public static ImageTranslator load(Checkpoint checkpoint, ImageCodec codec) {
        return load(checkpoint, codec, InferenceSettings.ofCpu(), TranslationMetrics.NONE);
    }

    /**
     * Loads a checkpoint and makes sure that it passes its self-test where it runs.
     *
     * @throws InvalidCheckpointException if it does not
     * @throws IllegalArgumentException if a GPU is asked for and none can be used; the message says what is missing
     */
    public static ImageTranslator load(
            Checkpoint checkpoint, ImageCodec codec, InferenceSettings settings, TranslationMetrics metrics) {
        OnnxGenerator generator = Generators.load(checkpoint, settings);
        generator.form().findings().forEach(line -> LOGGER.info("{}: {}", checkpoint.name(), line));
        generator.form().warnings().forEach(line -> LOGGER.warn("{}: {}", checkpoint.name(), line));
        ImageTranslator translator =
                new ImageTranslator(checkpoint, generator, settings.parallelism(generator), codec, metrics);
        try {
            translator.requireSelfTest();
        } catch (RuntimeException e) {
            translator.close();
            throw e;
        }
        return translator;
    }

    /** A generator of others has no test of its own; it was tried when it was loaded. */
    private void requireSelfTest() {
        if (checkpoint.metadata().isEmpty()) {
            return;
        }
        SelfTest test = checkpoint.metadata().get().selfTest();
        int difference =
                test.largestDifference(image -> batcher.translate(image).image());
        if (difference > SelfTest.TOLERANCE) {
            throw new InvalidCheckpointException(
                    "%s: self-test: expected at most %d of 255 off what the trainer saw, found %d"
                            .formatted(checkpoint.name(), SelfTest.TOLERANCE, difference));
        }
    }

    /**
     * Translates an image into one of the same format, where that can be written, at the size that the policy says; blocks
     * until it is done. The result carries the mark of a machine's picture, and no other metadata.
     *
     * @throws ImageRejectedException if the bytes are no image that is accepted
     * @throws GeneratorFailedException if the generator fails
     */
    public EncodedImage translate(byte[] encoded) {
        return translation(encoded).result();
    }

    /** Translates as {@link #translate(byte[])} does, for whoever wants to know more than the result. */
    public Translation translation(byte[] encoded) {
        long start = System.nanoTime();
        DecodedImage decoded = codec.decoder().decode(encoded, codec.sizePolicy());
        long decode = System.nanoTime() - start;
        Batcher.Result translated = batcher.translate(decoded.color());
        long encodeStart = System.nanoTime();
        EncodedImage result = codec.encoder().encode(decoded.withColor(translated.image()), mark);
        long encode = System.nanoTime() - encodeStart;
        count.increment();
        TranslationMetrics.Stages stages = new TranslationMetrics.Stages(
                Duration.ofNanos(decode),
                Duration.ofNanos(translated.queueNanos()),
                Duration.ofNanos(translated.inferenceNanos()),
                Duration.ofNanos(encode),
                translated.batchSize());
        if (checkpoint.direction().isPresent()) {
            metrics.translated(direction(), stages);
        }
        return new Translation(result, decoded.color(), translated.image(), stages);
    }

    /**
     * Translates pixels as they are, at their own size; blocks until it is done.
     *
     * @param image with sides of at least {@link ImageLimits#MIN_SIDE}
     * @throws GeneratorFailedException if the generator fails
     */
    public Picture translate(Picture image) {
        return batcher.translate(image).image();
    }

    /**
     * The pixels of a translated image, before they are encoded; translated when nothing else waits. It is not counted, and blocks
     * until it is done.
     */
    public Picture pixelsWhenIdle(byte[] encoded) {
        return batcher.translateWhenIdle(
                        codec.decoder().decode(encoded, codec.sizePolicy()).color())
                .image();
    }

    /**
     * Makes sure that the generator translates something.
     *
     * @throws GeneratorFailedException if it fails for this image, too
     */
    public void requireRunning() {
        batcher.translate(new Picture(TRIAL_SIZE, TRIAL_SIZE, new byte[TRIAL_SIZE * TRIAL_SIZE * Picture.CHANNELS]));
    }

    /**
     * The time of the largest image that is accepted, with nothing beside it; measured on a smaller one. On the CPU this is
     * processor time, and the least of several runs, so that a machine that is busy with others gives the same.
     */
    public Duration timeOfLargest() {
        Duration time = timeOfLargest(TIMED_SIZE, TIMED_FOR);
        timed = Optional.of(time);
        return time;
    }

    /**
     * The same as it was measured before; otherwise in a small part of the time and less exactly, for a stream that runs meanwhile. A
     * GPU is quick anyway, and a small image says little of a large one there.
     */
    public Duration quickTimeOfLargest() {
        if (timed.isEmpty()) {
            timed = Optional.of(timeOfLargest(isOnProcessor() ? QUICKLY_TIMED_SIZE : TIMED_SIZE, Duration.ZERO));
        }
        return timed.get();
    }

    private Duration timeOfLargest(int size, Duration patience) {
        double growth = Math.pow((double) codec.sizePolicy().longestSide() / size, 2);
        return Duration.ofNanos((long) (leastNanos(size, patience) * growth));
    }

    /** The least of a few runs of one image of this size, which are as many as fit into a while. */
    private long leastNanos(int size, Duration patience) {
        Picture image = new Picture(size, size, new byte[size * size * Picture.CHANNELS]);
        batcher.translate(image); // warms up
        long least = Long.MAX_VALUE;
        long end = System.nanoTime() + patience.toNanos();
        for (int run = 0; run < LEAST_RUNS || (run < MOST_RUNS && System.nanoTime() < end); run++) {
            Batcher.Result result = batcher.translate(image);
            least = Math.min(least, isOnProcessor() ? result.processorNanos() : result.inferenceNanos());
        }
        return least;
    }

    private boolean isOnProcessor() {
        return generator.device().equals("cpu");
    }

    /** Batches in flight, and images in one. */
    public Batcher.Parallelism parallelism() {
        return parallelism;
    }

    /** Images translated so far. */
    public long count() {
        return count.sum();
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /**
     * The direction of translation.
     *
     * @throws IllegalStateException if the checkpoint is a generator of others that was given no direction
     */
    public Direction direction() {
        return checkpoint
                .direction()
                .orElseThrow(() -> new IllegalStateException(checkpoint.name() + ": has no direction"));
    }

    /** The device of the generator. */
    public String device() {
        return generator.device();
    }

    @Override
    public void close() {
        batcher.close();
        generator.close();
        NativeHeap.trim();
    }
}
