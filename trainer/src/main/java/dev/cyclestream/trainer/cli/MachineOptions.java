package dev.cyclestream.trainer.cli;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.option.Range;
import dev.cyclestream.trainer.pytorch.DeviceName;
import dev.cyclestream.trainer.pytorch.PyTorch;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The device and threads that compute, as the command line describes it. */
final class MachineOptions {

    @Option(
            names = "--device",
            defaultValue = "auto",
            description = "cpu, gpu, gpu:1 and so on; auto: a GPU where the build and the machine have one.")
    private DeviceName device;

    @Option(names = "--threads", description = "Threads of the CPU that compute. Default: one for each core.")
    @Range(from = "1", to = "1024")
    private Optional<Integer> threads;

    /** A root for native memory on the device; the caller closes it. */
    NDManager newManager() {
        threads.ifPresent(PyTorch::useThreads);
        return PyTorch.newManager(PyTorch.device(device));
    }
}
