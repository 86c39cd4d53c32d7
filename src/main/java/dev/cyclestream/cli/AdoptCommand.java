package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.event.Direction;
import dev.cyclestream.file.WholeFile;
import dev.cyclestream.inference.Adoption;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.option.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "adopt",
        description =
                "Writes a generator of others as a checkpoint of our own form: bytes at both ends, everything else inside, with metadata and a self-test, so that nothing is left to guess.",
        mixinStandardHelpOptions = true)
final class AdoptCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Generator that our trainer did not export.")
    private InputFile file;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "Checkpoint to write.")
    private OutputFile output;

    @Option(names = "--direction", required = true, description = "A_TO_B or B_TO_A.")
    private Direction direction;

    @Mixin
    private GeneratorOptions generators;

    @Override
    public Integer call() throws IOException {
        Checkpoint foreign = generators.open(file);
        if (foreign.metadata().isPresent()) {
            throw new InvalidCheckpointException(
                    "%s: expected a generator of others, found a checkpoint of our own form".formatted(file));
        }
        Adoption adoption = Adoption.of(foreign, direction, new CommandVersion().getVersion()[0]);
        Path written = output.path().toAbsolutePath();
        WholeFile.write(written, adoption.toBytes());
        adoption.form().findings().forEach(line -> System.out.println(OneLine.of(line)));
        System.out.printf(
                "wrote %s, SHA-256 %s%n", output, Checkpoint.open(written).sha256());
        return ExitCode.OK;
    }
}
