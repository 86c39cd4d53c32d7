package dev.cyclestream.trainer.cli;

import dev.cyclestream.trainer.data.InvalidDataException;
import dev.cyclestream.trainer.loop.InvalidRunException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the trainer. Exit codes: 0 done, 1 the world broke, 2 wrong use or set-up. */
@Command(
        name = "cyclestream-trainer",
        description = "Learns to translate images between two domains from unpaired pictures (CycleGAN).",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        subcommands = {TrainCommand.class, ExportCommand.class},
        footer = {
            "",
            "Example:",
            "  cyclestream-trainer train --data pictures --output run --size 64 --steps 6000",
            "  cyclestream-trainer export --run run --output checkpoints"
        })
public final class TrainerApplication implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new TrainerApplication())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, commandLine, parsed) -> report(exception, commandLine));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command: train or export");
    }

    private static int report(Exception exception, CommandLine commandLine) {
        boolean wrongUse = exception instanceof InvalidDataException
                || exception instanceof InvalidRunException
                || exception instanceof IllegalArgumentException;
        String message = exception.getMessage() == null ? exception.toString() : exception.getMessage();
        commandLine.getErr().println("cyclestream-trainer: " + message);
        return wrongUse ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }
}
