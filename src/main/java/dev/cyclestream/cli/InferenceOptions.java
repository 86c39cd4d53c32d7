package dev.cyclestream.cli;

import dev.cyclestream.inference.InferenceDevice;
import dev.cyclestream.inference.InferenceSettings;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What generators run on, and how; of every command that translates. */
final class InferenceOptions {

    @Option(
            names = "--device",
            defaultValue = "auto",
            description = "cpu, gpu, gpu:1 and so on; auto: a GPU where the build and the machine have one.")
    private InferenceDevice device;

    @Option(names = "--workers", description = "Batches in flight. Default: one for each core; on a GPU one.")
    private Optional<Integer> workers;

    @Option(names = "--largest-batch", description = "Images in a batch. Default: 1; on a GPU 8.")
    private Optional<Integer> largestBatch;

    @Option(names = "--intra-op-threads", description = "Threads that share a batch, on the CPU. Default: 1.")
    private Optional<Integer> intraOpThreads;

    InferenceSettings settings() {
        return new InferenceSettings(device, workers, largestBatch, intraOpThreads);
    }
}
