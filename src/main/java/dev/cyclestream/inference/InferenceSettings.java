package dev.cyclestream.inference;

import dev.cyclestream.inference.Batcher.Parallelism;
import java.util.Optional;

/**
 * Settings of inference; the device chooses those that are empty.
 *
 * @param workers batches in flight
 * @param largestBatch images in one
 * @param intraOpThreads threads that share the work on one batch, on the CPU
 * @param gpu how a GPU is used, if one is
 */
public record InferenceSettings(
        InferenceDevice device,
        Optional<Integer> workers,
        Optional<Integer> largestBatch,
        Optional<Integer> intraOpThreads,
        GpuSettings gpu) {

    /** On the CPU, one image at a time on each core is the quickest; a GPU likes one large batch at a time. */
    private static final int GPU_BATCH = 8;

    public InferenceSettings {
        requirePositive("workers", workers);
        requirePositive("largest batch", largestBatch);
        requirePositive("intra-op threads", intraOpThreads);
    }

    private static void requirePositive(String name, Optional<Integer> value) {
        if (value.isPresent() && value.get() < 1) {
            throw new IllegalArgumentException("%s: expected at least 1, found %d".formatted(name, value.get()));
        }
    }

    /** On the CPU, as is quickest there. */
    public static InferenceSettings ofCpu() {
        return new InferenceSettings(
                InferenceDevice.cpu(), Optional.empty(), Optional.empty(), Optional.empty(), GpuSettings.DEFAULT);
    }

    /** Threads for each batch on the CPU. */
    int threadsForEachBatch() {
        return intraOpThreads.orElse(1);
    }

    /** The settings for a generator on the device that it names. */
    Parallelism parallelism(Generator generator) {
        boolean cpu = generator.device().equals("cpu");
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / threadsForEachBatch());
        return new Parallelism(workers.orElse(cpu ? cores : 1), largestBatch.orElse(cpu ? 1 : GPU_BATCH));
    }
}
