package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.checkpoint.SelfTest;
import dev.cyclestream.event.Direction;
import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.image.ImageDecoder;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.MachineMark;
import dev.cyclestream.image.RgbImage;
import dev.cyclestream.image.SizePolicy;
import java.util.concurrent.atomic.LongAdder;

/**
 * Translates encoded images with one checkpoint. Decoding and encoding run on the caller's thread, beside the device;
 * safe for use by several threads.
 */
public final class ImageTranslator implements AutoCloseable {

    private static final int TRIAL_SIZE = 64;

    private final Checkpoint checkpoint;
    private final ImageCodec codec;
    private final Generator generator;
    private final Batcher batcher;
    private final MachineMark mark;
    private final LongAdder count = new LongAdder();

    /** How images are read, at which size they are translated, and how they are written. */
    public record ImageCodec(ImageDecoder decoder, SizePolicy sizePolicy, ImageEncoder encoder) {
        /** Limits, size and quality as they are unless a user says otherwise. */
        public static ImageCodec standard() {
            return new ImageCodec(
                    new ImageDecoder(ImageLimits.DEFAULT),
                    new SizePolicy.Native(SizePolicy.DEFAULT_MAX_SIDE),
                    new ImageEncoder(ImageEncoder.DEFAULT_JPEG_QUALITY));
        }
    }

    /** Takes over the generator. */
    public ImageTranslator(
            Checkpoint checkpoint, Generator generator, Batcher.Parallelism parallelism, ImageCodec codec) {
        this.checkpoint = checkpoint;
        this.codec = codec;
        this.generator = generator;
        this.batcher = new Batcher(generator, parallelism);
        this.mark = new MachineMark(
                "Cyclestream", "checkpoint %s, SHA-256 %s".formatted(checkpoint.name(), checkpoint.sha256()));
    }

    /**
     * Loads a checkpoint on the CPU and makes sure that it passes its self-test there.
     *
     * @throws InvalidCheckpointException if it does not
     */
    public static ImageTranslator load(Checkpoint checkpoint, ImageCodec codec) {
        ImageTranslator translator =
                new ImageTranslator(checkpoint, OnnxGenerator.load(checkpoint), Batcher.Parallelism.ofCpu(), codec);
        try {
            translator.requireSelfTest();
        } catch (RuntimeException e) {
            translator.close();
            throw e;
        }
        return translator;
    }

    /** A generator of others has no test of its own, but must at least run and keep the size. */
    private void requireSelfTest() {
        if (checkpoint.metadata().isEmpty()) {
            batcher.translate(
                    new RgbImage(TRIAL_SIZE, TRIAL_SIZE, new byte[TRIAL_SIZE * TRIAL_SIZE * RgbImage.CHANNELS]));
            return;
        }
        SelfTest test = checkpoint.metadata().get().selfTest();
        int difference = test.largestDifference(batcher::translate);
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
        DecodedImage decoded = codec.sizePolicy().apply(codec.decoder().decode(encoded));
        RgbImage translated = batcher.translate(decoded.color());
        EncodedImage result = codec.encoder().encode(decoded.withColor(translated), mark);
        count.increment();
        return result;
    }

    /** Images translated so far. */
    public long count() {
        return count.sum();
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /**
     * Which way it translates.
     *
     * @throws IllegalStateException if the checkpoint is a generator of others that was given no direction
     */
    public Direction direction() {
        return checkpoint
                .direction()
                .orElseThrow(() -> new IllegalStateException(checkpoint.name() + ": has no direction"));
    }

    /** What the generator runs on. */
    public String device() {
        return generator.device();
    }

    @Override
    public void close() {
        batcher.close();
        generator.close();
    }
}
