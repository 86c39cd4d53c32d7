package dev.cyclestream.trainer.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation;
import dev.cyclestream.trainer.data.ImagePool;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.model.CycleGan;
import dev.cyclestream.trainer.model.LearningRateSchedule;
import dev.cyclestream.trainer.model.Optimizers;
import dev.cyclestream.trainer.model.TrainingStep;
import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.pytorch.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Times training steps on random images, as the paper trains with batch 1: no data is loaded, and the first steps do not count. */
public final class StepBenchmark {

    private static final int WARM_UP_STEPS = 3;
    private static final Path PROCESS_STATUS = Path.of("/proc/self/status");
    private static final double NANOS = 1e9;
    private static final long KIB_PER_MIB = 1024;

    private final Architecture architecture;
    private final int size;
    private final NDManager manager;

    /** @param size side of the images in pixels */
    public StepBenchmark(Architecture architecture, int size, NDManager manager) {
        this.architecture = architecture;
        this.size = size;
        this.manager = manager;
    }

    /**
     * Takes steps.
     *
     * @param afterStep is told the number of each step that counts, from 1
     * @return the median in seconds a step
     */
    public double run(int steps, LongConsumer afterStep) {
        List<Double> seconds = new ArrayList<>();
        RandomGenerator random = new SplittableRandom(1);
        ProcessMemory memory = new ProcessMemory();
        try (CycleGan model = CycleGan.fresh(architecture, manager, new Seed(1));
                Optimizers optimizers = Optimizers.of(model, manager, Adam.Betas.ofPaper());
                ImagePool noFakesOfA = new ImagePool(0, manager);
                ImagePool noFakesOfB = new ImagePool(0, manager)) {
            TrainingStep step = new TrainingStep(
                    model,
                    Objective.ofPaper(),
                    optimizers,
                    new PerDomain<>(noFakesOfA, noFakesOfB),
                    DiscriminatorAugmentation.NONE,
                    Optional.empty());
            for (int index = 1 - WARM_UP_STEPS; index <= steps; index++) {
                double taken = time(step, random);
                memory.afterStep(index);
                if (index > 0) {
                    seconds.add(taken);
                    afterStep.accept(index);
                }
            }
        }
        return median(seconds);
    }

    private double time(TrainingStep step, RandomGenerator random) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray realA = randomImage(scope, random);
            NDArray realB = randomImage(scope, random);
            long start = System.nanoTime();
            step.run(realA, realB, LearningRateSchedule.PAPER_RATE, random);
            return (System.nanoTime() - start) / NANOS;
        }
    }

    private NDArray randomImage(NDManager scope, RandomGenerator random) {
        float[] values = new float[3 * size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return scope.create(values, new Shape(1, 3, size, size));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Memory that this process holds now, in MiB; known on Linux only. */
    public static OptionalLong residentMemory() {
        return memory("VmRSS:");
    }

    /** The most memory that this process held so far, in MiB; known on Linux only. */
    public static OptionalLong peakMemory() {
        return memory("VmHWM:");
    }

    private static OptionalLong memory(String field) {
        try (Stream<String> lines = Files.lines(PROCESS_STATUS)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
