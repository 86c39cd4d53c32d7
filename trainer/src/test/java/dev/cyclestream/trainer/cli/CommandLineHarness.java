package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.trainer.data.PictureFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the trainer's commands on tiny data sets in a folder of the test. */
abstract class CommandLineHarness {

    @TempDir
    Path folder;

    final StringWriter said = new StringWriter();
    final StringWriter complained = new StringWriter();

    static void writePicture(Path file, int seed) throws IOException {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        image.setRGB(seed & 31, 7, 0xFFFFFF);
        PictureFile.writePng(file, image);
    }

    /** Exports the newest state of a run in the folder. */
    Path export(String run) {
        Path output = folder.resolve(run + "-checkpoints");
        assertThat(execute("export", "--run", folder.resolve(run).toString(), "--output", output.toString()))
                .as(complained.toString())
                .isZero();
        return output;
    }

    /** Trains two steps of a tiny run. */
    int train(String... more) throws IOException {
        return trainInto(folder.resolve("run").toString(), more);
    }

    int trainInto(String output, String... more) throws IOException {
        Path data = folder.resolve("data");
        for (String name : List.of("trainA/1", "trainA/2", "trainB/1", "trainB/2")) {
            writePicture(data.resolve(name + ".png"), name.hashCode());
        }
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                data.toString(),
                "--output",
                output,
                "--filters",
                "2",
                "--blocks",
                "1",
                "--steps",
                "2"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--size")) {
            arguments.addAll(List.of("--size", "32"));
        }
        return execute(arguments.toArray(String[]::new));
    }

    int execute(String... arguments) {
        CommandLine commandLine = TrainerApplication.commandLine(arguments);
        commandLine.setOut(new PrintWriter(said, true));
        commandLine.setErr(new PrintWriter(complained, true));
        return commandLine.execute(arguments);
    }
}
