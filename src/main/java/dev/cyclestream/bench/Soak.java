package dev.cyclestream.bench;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.event.Direction;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.inference.InferenceSettings;
import dev.cyclestream.inference.TranslationMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Loads a generator, translates images, closes it, and again: does memory grow? */
public final class Soak {

    private static final int TENTHS = 10;

    private final Checkpoint checkpoint;
    private final InferenceSettings settings;
    private final List<byte[]> pictures;

    /**
     * The memory that the process held.
     *
     * @param mib resident memory in MiB after each load, its images and the close, Java's garbage collected
     */
    public record Memory(List<Double> mib) {
        public Memory {
            mib = List.copyOf(mib);
        }

        /** Mean of each tenth of the run, in MiB. */
        public List<Double> tenths() {
            return IntStream.range(0, TENTHS).mapToObj(this::meanOfTenth).toList();
        }

        /** From the second tenth, since Java loads and compiles in the first one, to the last, as a share of the second. */
        public double growth() {
            return meanOfTenth(TENTHS - 1) / meanOfTenth(1) - 1;
        }

        private double meanOfTenth(int tenth) {
            return mib.subList(mib.size() * tenth / TENTHS, mib.size() * (tenth + 1) / TENTHS).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
        }
    }

    /** @param size side of the images in pixels */
    public Soak(Checkpoint given, InferenceSettings settings, int size) {
        this.checkpoint = given.requireDirection(given.direction().orElse(Direction.A_TO_B));
        this.settings = settings;
        ImageEncoder encoder = new ImageEncoder(ImageEncoder.DEFAULT_JPEG_QUALITY);
        pictures = DemoPicture.drawings(24, 1).stream()
                .map(picture -> encoder.encode(picture.resize(size, size), ImageFormat.PNG)
                        .toBytes())
                .toList();
    }

    /**
     * Runs.
     *
     * @param loads of the generator, at least ten
     * @param images all together
     * @param progress is told the number of images after each load
     * @throws IOException where the system does not say how much memory is resident
     */
    public Memory run(int loads, int images, IntConsumer progress) throws IOException, InterruptedException {
        if (loads < TENTHS || images < loads) {
            throw new IllegalArgumentException(
                    "loads, images: expected at least 10 and an image for each, found %d, %d".formatted(loads, images));
        }
        List<Double> mib = new ArrayList<>();
        int done = 0;
        for (int load = 1; load <= loads; load++) {
            int until = (int) ((long) images * load / loads);
            translate(until - done);
            done = until;
            System.gc();
            mib.add(ResidentMemory.mib());
            progress.accept(done);
        }
        return new Memory(mib);
    }

    private void translate(int images) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        try (ImageTranslator translator =
                ImageTranslator.load(checkpoint, ImageCodec.standard(), settings, TranslationMetrics.NONE)) {
            int callers = translator.parallelism().workers()
                    * translator.parallelism().largestBatch();
            Callers.run(callers, () -> {
                for (int index = next.getAndIncrement(); index < images; index = next.getAndIncrement()) {
                    translator.translate(pictures.get(index % pictures.size()));
                }
                return images;
            });
        }
    }
}
