package dev.cyclestream.inference;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of a GPU; without effect on the CPU.
 *
 * @param memoryLimit bytes of its memory that a generator may take for its arena; empty for all there is
 * @param tensorRtCache run on TensorRT and keep its engines in this folder, since building one for a new size takes
 *     minutes; empty for CUDA
 */
public record GpuSettings(Optional<Long> memoryLimit, Optional<Path> tensorRtCache) {

    /** CUDA, with all the memory. */
    public static final GpuSettings DEFAULT = new GpuSettings(Optional.empty(), Optional.empty());

    public GpuSettings {
        if (memoryLimit.isPresent() && memoryLimit.get() < 1) {
            throw new IllegalArgumentException(
                    "GPU memory limit: expected at least 1 byte, found " + memoryLimit.get());
        }
    }
}
