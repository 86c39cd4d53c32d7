package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.CheckpointMetadata;
import dev.cyclestream.checkpoint.SelfTest;
import dev.cyclestream.image.RgbImage;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.OnnxGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description = "Says what a checkpoint is and runs its self-test; exit code 1 if it does not pass.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Checkpoint.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Checkpoint checkpoint = Checkpoint.open(file);
        CheckpointMetadata metadata = checkpoint.metadata();
        print("file", "%s, %,d bytes".formatted(checkpoint.name(), checkpoint.size()));
        print("SHA-256", checkpoint.sha256());
        print("direction", metadata.direction());
        print("domains", "A is \"%s\", B is \"%s\"".formatted(metadata.domainA(), metadata.domainB()));
        checkpoint.signature().forEach(line -> print("graph", line));
        print("architecture", metadata.architecture());
        print("precision", metadata.precision());
        print("training size", metadata.trainingSize() + " px");
        print("training run", metadata.training().runId());
        print(
                "trained",
                "%,d steps, %d epochs"
                        .formatted(
                                metadata.training().steps(), metadata.training().epoch()));
        print("data set", metadata.training().dataSetFingerprint());
        print("trainer", metadata.training().toolVersion());
        print("hyper-params", metadata.training().hyperParameters());
        return selfTest(checkpoint);
    }

    private static int selfTest(Checkpoint checkpoint) {
        SelfTest test = checkpoint.metadata().selfTest();
        try (Generator generator = OnnxGenerator.load(checkpoint)) {
            int difference = test.largestDifference(
                    image -> generator.translate(List.of(image)).get(0));
            boolean passed = difference <= SelfTest.TOLERANCE;
            RgbImage input = test.input();
            print(
                    "self-test",
                    "%s: at most %d of 255 off on %d x %d pixels, on %s"
                            .formatted(
                                    passed ? "passed" : "FAILED",
                                    difference,
                                    input.width(),
                                    input.height(),
                                    generator.device()));
            return passed ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private static void print(String name, Object value) {
        System.out.printf("%-14s %s%n", name, value);
    }
}
