package dev.cyclestream.trainer.cli;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.option.Range;
import dev.cyclestream.trainer.run.StepBenchmark;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "benchmark",
        description = {
            "Times training steps on random images, batch 1, no data loading.",
            "The last line reads: median=0.1234 s/step peak=567 MiB"
        },
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        sortOptions = false,
        showDefaultValues = true)
final class BenchmarkCommand implements Callable<Integer> {

    private static final int MEMORY_READINGS = 10;

    @Option(names = "--size", defaultValue = "256", description = "Side of the images in pixels.")
    @Range(from = "16", to = "4096", multipleOf = 4)
    private int size;

    @Option(names = "--steps", defaultValue = "30", description = "Steps to time, after three that do not count.")
    @Range(from = "1")
    private int steps;

    @Mixin
    private NetworkOptions network;

    @Mixin
    private MachineOptions machine;

    @Override
    public Integer call() {
        try (NDManager manager = machine.newManager()) {
            double median = new StepBenchmark(network.architecture(size), size, manager).run(steps, this::showMemory);
            System.out.printf("median=%.4f s/step peak=%s MiB%n", median, text(StepBenchmark.peakMemory()));
        }
        return 0;
    }

    private void showMemory(long step) {
        if (step % Math.max(1, steps / MEMORY_READINGS) == 0) {
            System.out.printf("step %d: resident %s MiB%n", step, text(StepBenchmark.residentMemory()));
        }
    }

    private static String text(OptionalLong mebibytes) {
        return mebibytes.isPresent() ? Long.toString(mebibytes.getAsLong()) : "unknown";
    }
}
