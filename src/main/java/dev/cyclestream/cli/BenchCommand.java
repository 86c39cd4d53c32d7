package dev.cyclestream.cli;

import com.google.gson.GsonBuilder;
import dev.cyclestream.bench.Benchmark;
import dev.cyclestream.bench.Benchmark.Measurement;
import dev.cyclestream.bench.Soak;
import dev.cyclestream.bench.Speed;
import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.cli.option.InferenceOptions;
import dev.cyclestream.demo.Demo;
import dev.cyclestream.event.Direction;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.OutputFile;
import dev.cyclestream.option.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        description = {
            "Measures what the machinery around a generator costs: raw inference, and the whole path through a real broker",
            "in this process (exactly once, Avro, decoding, encoding), in one run. With --simulate the path alone."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class BenchCommand implements Callable<Integer> {

    private static final double NANOS = 1e9;
    private static final int LOADS = 100;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Generator to measure. Default: the demo's, A to B.")
    private Optional<InputFile> checkpoint;

    @Option(
            names = "--size",
            split = ",",
            defaultValue = "64,256",
            description = "Sides of the images in pixels, with commas between.")
    @Range(from = "16", to = "16384")
    private List<Integer> sizes;

    @Option(
            names = "--threads",
            split = ",",
            description = "Images in flight. Default: twice the cores; with --simulate 1,2,4,8.")
    @Range(from = "1", to = "1024")
    private List<Integer> threads = List.of();

    @Option(
            names = "--simulate",
            paramLabel = "DURATION",
            description = "Measure the path alone, around a generator that only waits so long, such as PT20MS.")
    @Range(from = "PT0.001S", to = "PT1H")
    private Optional<Duration> simulate;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "Time for which each part is measured, once it is warm.")
    @Range(from = "1", to = "86400")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "PT3M",
            paramLabel = "DURATION",
            description = "Longest wait for Java's compiler to come to rest before the path is measured.")
    @Range(from = "PT0.001S", to = "PT24H")
    private Duration warmUp;

    @Option(
            names = "--soak",
            paramLabel = "IMAGES",
            description =
                    "Translate so many images while loading and closing the generator a hundred times, and say how memory grew; Linux only.")
    @Range(from = "100")
    private Optional<Integer> soak;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file, too.")
    private Optional<OutputFile> json;

    @Mixin
    private GeneratorOptions generators;

    @Mixin
    private InferenceOptions inference;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checkpoint generator =
                checkpoint.isPresent() ? generators.open(checkpoint.get()) : Demo.checkpoint(Direction.A_TO_B);
        if (soak.isPresent()) {
            soak(generator, soak.get());
            return ExitCode.OK;
        }
        List<Measurement> measurements = new ArrayList<>();
        Benchmark.Timing timing = new Benchmark.Timing(Duration.ofSeconds(seconds), warmUp);
        Benchmark.run(timing, benchmark -> {
            if (simulate.isPresent()) {
                measurements.addAll(simulate(benchmark, generator, simulate.get()));
            } else {
                measurements.addAll(measure(benchmark, generator));
            }
        });
        if (json.isPresent()) {
            String text = new GsonBuilder().setPrettyPrinting().create().toJson(measurements);
            Files.writeString(json.get().path(), text + "\n");
        }
        return ExitCode.OK;
    }

    private void soak(Checkpoint generator, int images) throws IOException, InterruptedException {
        Soak.Memory memory;
        try (ConsoleProgress progress = new ConsoleProgress("translating", images)) {
            memory = new Soak(generator, inference.settings(), sizes.get(0)).run(LOADS, images, progress::stepTo);
        }
        System.out.printf("%d loads, %d images; resident MiB by tenths of the run:", LOADS, images);
        memory.tenths().forEach(mib -> System.out.printf(" %.0f", mib));
        System.out.printf("; growth from the second to the last %.1f %%%n", 100 * memory.growth());
    }

    private List<Measurement> measure(Benchmark benchmark, Checkpoint generator)
            throws IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        for (int size : sizes) {
            for (int count : threads.isEmpty() ? List.of(2 * cores()) : threads) {
                Measurement found = benchmark.measure(generator, inference.settings(), size, count);
                print(found, generator);
                measurements.add(found);
            }
        }
        return measurements;
    }

    private List<Measurement> simulate(Benchmark benchmark, Checkpoint generator, Duration wait)
            throws IOException, InterruptedException {
        int size = sizes.get(0);
        System.out.printf("a generator that only waits %s, %d x %d pixels%n", wait, size, size);
        System.out.println("threads   images/s   of what waiting allows   processor ms   ms p50   p95   p99");
        List<Measurement> measurements = new ArrayList<>();
        for (int count : threads.isEmpty() ? List.of(1, 2, 4, 8) : threads) {
            double allowed = count * NANOS / wait.toNanos();
            Measurement found = benchmark.simulate(generator, wait, size, count);
            Map<String, Double> latency = found.latencyMillis();
            System.out.printf(
                    "%7d   %8.1f   %22.3f   %12.2f   %6.1f %5.1f %5.1f%n",
                    count,
                    found.path().perSecond(),
                    found.path().perSecond() / allowed,
                    found.path().processorMillis(),
                    latency.get("p50"),
                    latency.get("p95"),
                    latency.get("p99"));
            measurements.add(found);
        }
        return measurements;
    }

    private static void print(Measurement found, Checkpoint generator) {
        System.out.printf(
                "%d x %d pixels, %s on %s: %d workers, batches of up to %d, %d stream threads, %d images after a warm-up of %.0f s%n",
                found.size(),
                found.size(),
                generator.name(),
                found.device(),
                found.workers(),
                found.largestBatch(),
                found.streamThreads(),
                found.images(),
                found.warmUpSeconds());
        print("raw inference", found.raw());
        print("through Kafka", found.path());
        System.out.printf("  ratio           %8.3f%n", found.ratio());
        Map<String, Double> latency = found.latencyMillis();
        System.out.printf(
                "  latency         p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
                latency.get("p50"), latency.get("p95"), latency.get("p99"));
        Map<String, Double> stages = found.stageMillis();
        System.out.printf(
                "  of it           decode %.2f ms, queue %.2f ms, inference %.2f ms, encode %.2f ms%n",
                stages.get("decode"), stages.get("queue"), stages.get("inference"), stages.get("encode"));
    }

    private static void print(String what, Speed speed) {
        System.out.printf(
                "  %s   %8.2f images/s, %.2f ms of processor time for each%n",
                what, speed.perSecond(), speed.processorMillis());
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
