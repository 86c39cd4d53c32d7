package dev.cyclestream.bench;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.Generators;
import dev.cyclestream.inference.InferenceSettings;
import dev.cyclestream.picture.Picture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A generator with nothing around it: as many callers as batches in flight, each with full batches of decoded images. */
final class RawInference {

    /** It has little to compile and warms up for this part of its length. */
    private static final int WARM_UP_SHARE = 5;

    private final Checkpoint checkpoint;
    private final InferenceSettings settings;
    private final Parallelism parallelism;
    private final List<Picture> pictures;

    RawInference(Checkpoint checkpoint, InferenceSettings settings, Parallelism parallelism, List<Picture> pictures) {
        this.checkpoint = checkpoint;
        this.settings = settings;
        this.parallelism = parallelism;
        this.pictures = List.copyOf(pictures);
    }

    Speed measure(Duration length) throws InterruptedException {
        try (Generator generator = Generators.load(checkpoint, settings)) {
            Callers.run(parallelism.workers(), () -> share(generator, length.dividedBy(WARM_UP_SHARE)));
            Stopwatch together = new Stopwatch();
            List<Share> shares = Callers.run(parallelism.workers(), () -> share(generator, length));
            return new Speed(
                    shares.stream().mapToDouble(Share::perSecond).sum(),
                    together.processorMillis(
                            shares.stream().mapToInt(Share::images).sum()));
        }
    }

    /** The work of one caller, until its own last image was done. */
    private record Share(int images, double perSecond) {}

    private Share share(Generator generator, Duration length) {
        int images = 0;
        Stopwatch stopwatch = new Stopwatch();
        while (!stopwatch.hasRun(length)) {
            List<Picture> batch = new ArrayList<>();
            for (int i = 0; i < parallelism.largestBatch(); i++) {
                batch.add(pictures.get((images + i) % pictures.size()));
            }
            generator.translate(batch);
            images += batch.size();
        }
        return new Share(images, stopwatch.perSecond(images));
    }
}
