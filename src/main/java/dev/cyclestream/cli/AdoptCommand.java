package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.Adoption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    private Path file;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "Checkpoint to write.")
    private Path output;

    @Option(names = "--direction", required = true, description = "A_TO_B or B_TO_A.")
    private Direction direction;

    @Option(names = "--domain-a", defaultValue = "A", description = "Name of domain A, for people. Default: A.")
    private String domainA;

    @Option(names = "--domain-b", defaultValue = "B", description = "Name of domain B, for people. Default: B.")
    private String domainB;

    @Mixin
    private GeneratorOptions generators;

    @Override
    public Integer call() throws IOException {
        Checkpoint foreign = generators.open(file);
        if (foreign.metadata().isPresent()) {
            throw new InvalidCheckpointException(
                    "%s: expected a generator of others, found a checkpoint of our own form".formatted(file));
        }
        Adoption adoption = Adoption.of(foreign, direction, domainA, domainB, new CommandVersion().getVersion()[0]);
        Path folder = output.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path aside = folder.resolve(output.getFileName() + ".partial");
        Files.write(aside, adoption.toBytes());
        Files.move(aside, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        adoption.form().findings().forEach(System.out::println);
        System.out.printf(
                "wrote %s, SHA-256 %s%n", output, Checkpoint.open(output).sha256());
        return ExitCode.OK;
    }
}
