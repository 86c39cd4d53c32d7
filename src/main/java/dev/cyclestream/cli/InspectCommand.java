package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.CheckpointMetadata;
import dev.cyclestream.checkpoint.SelfTest;
import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.Generators;
import dev.cyclestream.inference.OnnxGenerator;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description =
                "Says what a checkpoint is, runs its self-test, and tries it on an image of odd size; exit code 1 if it does not pass.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {

    private static final String NO_METADATA =
            "none: not exported by our trainer, so it is taken for the direction it is used for";
    private static final int ODD_WIDTH = 61;
    private static final int ODD_HEIGHT = 87;

    @Parameters(paramLabel = "FILE", description = "Checkpoint.")
    private InputFile file;

    @Mixin
    private GeneratorOptions generators;

    @Override
    public Integer call() throws IOException {
        Checkpoint checkpoint = generators.open(file);
        print("file", "%s, %,d bytes".formatted(checkpoint.name(), checkpoint.size()));
        print("SHA-256", checkpoint.sha256());
        checkpoint.signature().forEach(line -> print("graph", line));
        print("images", checkpoint.graph().describe());
        checkpoint.metadata().ifPresentOrElse(InspectCommand::print, () -> print("metadata", NO_METADATA));
        return test(checkpoint);
    }

    private static void print(CheckpointMetadata metadata) {
        print("direction", metadata.direction());
        print("domains", "A is \"%s\", B is \"%s\"".formatted(metadata.domainA(), metadata.domainB()));
        print("architecture", metadata.architecture());
        print("precision", metadata.precision());
        print("training size", metadata.trainingSize() > 0 ? metadata.trainingSize() + " px" : "unknown");
        print("training run", metadata.training().runId());
        print(
                "trained",
                "%,d steps, %d epochs"
                        .formatted(
                                metadata.training().steps(), metadata.training().epoch()));
        List<Long> averaged = metadata.training().averagedSteps();
        if (!averaged.isEmpty()) {
            print("weights", "mean of those after the steps " + averaged);
        }
        metadata.cycleErrors().ifPresent(errors -> print("cycle errors", errors.describe()));
        print("data set", metadata.training().dataSetFingerprint());
        print("trainer", metadata.training().toolVersion());
        print("hyper-params", metadata.training().hyperParameters());
    }

    private static int test(Checkpoint checkpoint) {
        try (OnnxGenerator generator = Generators.load(checkpoint)) {
            generator.form().findings().forEach(line -> print("found", line));
            generator.form().warnings().forEach(line -> print("WARNING", line));
            int result = checkpoint.metadata().isPresent()
                    ? selfTest(checkpoint.metadata().get().selfTest(), generator)
                    : ExitCode.OK;
            trial(generator);
            return result;
        }
    }

    private static int selfTest(SelfTest test, Generator generator) {
        int difference = test.largestDifference(
                image -> generator.translate(List.of(image)).get(0));
        boolean passed = difference <= SelfTest.TOLERANCE;
        Picture input = test.input();
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

    private static void trial(Generator generator) {
        Picture black = new Picture(ODD_WIDTH, ODD_HEIGHT, new byte[ODD_WIDTH * ODD_HEIGHT * Picture.CHANNELS]);
        generator.translate(List.of(black));
        print("trial", "translates %d x %d pixels, on %s".formatted(ODD_WIDTH, ODD_HEIGHT, generator.device()));
    }

    private static void print(String name, Object value) {
        System.out.printf("%-14s %s%n", name, OneLine.of(value.toString()));
    }
}
