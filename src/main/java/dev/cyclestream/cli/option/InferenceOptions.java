package dev.cyclestream.cli.option;

import dev.cyclestream.inference.GpuSettings;
import dev.cyclestream.inference.InferenceDevice;
import dev.cyclestream.inference.InferenceSettings;
import dev.cyclestream.option.ByteSize;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.option.Range;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for the device of generators and for how they run; of every command that translates. */
public final class InferenceOptions {

    @Option(
            names = "--device",
            defaultValue = "auto",
            description = "cpu, gpu, gpu:1 and so on; auto: a GPU where the build and the machine have one.")
    private InferenceDevice device;

    @Option(names = "--workers", description = "Batches in flight. Default: one for each core; on a GPU one.")
    @Range(from = "1", to = "1024")
    private Optional<Integer> workers;

    @Option(names = "--largest-batch", description = "Images in a batch. Default: 1; on a GPU 8.")
    @Range(from = "1", to = "1024")
    private Optional<Integer> largestBatch;

    @Option(names = "--intra-op-threads", description = "Threads that share a batch, on the CPU. Default: 1.")
    @Range(from = "1", to = "1024")
    private Optional<Integer> intraOpThreads;

    @Option(
            names = "--gpu-memory-limit",
            paramLabel = "SIZE",
            description = "Memory of the GPU that each generator may take. Default: all.")
    @Range(from = "1MiB")
    private Optional<ByteSize> gpuMemoryLimit;

    @Option(
            names = "--tensorrt-cache",
            paramLabel = "DIR",
            description =
                    "On a GPU, run on TensorRT, and keep its engines in this folder: building one for a new size of image takes minutes.")
    private Optional<OutputFolder> tensorRtCache;

    public InferenceSettings settings() {
        GpuSettings gpu = new GpuSettings(gpuMemoryLimit.map(ByteSize::bytes), tensorRtCache.map(OutputFolder::path));
        return new InferenceSettings(device, workers, largestBatch, intraOpThreads, gpu);
    }
}
