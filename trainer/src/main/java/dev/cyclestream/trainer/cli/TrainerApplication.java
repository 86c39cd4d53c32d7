package dev.cyclestream.trainer.cli;

import dev.cyclestream.option.OneLine;
import dev.cyclestream.process.TemporaryFolder;
import dev.cyclestream.trainer.InvalidSettingException;
import dev.cyclestream.trainer.data.InvalidDataException;
import dev.cyclestream.trainer.model.TrainingDivergedException;
import dev.cyclestream.trainer.onnx.CheckpointExportException;
import dev.cyclestream.trainer.run.InvalidRunException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
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
        subcommands = {TrainCommand.class, EvaluateCommand.class, ExportCommand.class, BenchmarkCommand.class},
        footer = {
            "",
            "Example:",
            "  cyclestream-trainer train --data pictures --output run --size 64 --steps 6000",
            "  cyclestream-trainer export --run run --output checkpoints"
        })
public final class TrainerApplication implements Runnable {

    /** Failures whose message names what the user can mend. */
    private static final List<Class<? extends Exception>> WRONG_USE =
            List.of(InvalidDataException.class, InvalidRunException.class, InvalidSettingException.class);

    /** Failures of the world whose message says all. */
    private static final List<Class<? extends Exception>> WORLD_BROKE =
            List.of(TrainingDivergedException.class, CheckpointExportException.class);

    /** Failures of the world whose type has to be said as well. */
    private static final List<Class<? extends Exception>> WORLD_SAYS_WHAT =
            List.of(IOException.class, UncheckedIOException.class);

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        TemporaryFolder.begin();
        System.setProperty("java.awt.headless", "true");
        Locale.setDefault(Locale.ROOT); // numbers in files and on the screen look the same everywhere
        System.exit(commandLine(arguments).execute(arguments));
    }

    /** The command line, with the defaults of the run that the arguments resume. */
    static CommandLine commandLine(String... arguments) {
        CommandLine application = new CommandLine(new TrainerApplication());
        ResumedRun resumed = ResumedRun.of(arguments);
        application.getSubcommands().get("train").setDefaultValueProvider(resumed);
        return OptionTypes.registerIn(application)
                .setExecutionStrategy(OptionChecks::execute)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, given) -> reportWrongUse(exception, resumed.fault()))
                .setExecutionExceptionHandler(
                        (exception, commandLine, parsed) -> report(exception, commandLine.getErr()));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command: train, evaluate, export or benchmark");
    }

    private static int reportWrongUse(ParameterException exception, Optional<String> faultOfRun) {
        CommandLine command = exception.getCommandLine();
        if (faultOfRun.isPresent()) {
            command.getErr().println("cyclestream-trainer: " + OneLine.of(faultOfRun.get()));
            return ExitCode.USAGE;
        }
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().printf("%s: %s (%s --help says more)%n", name, OneLine.of(exception.getMessage()), name);
        return ExitCode.USAGE;
    }

    /** All that is wrong with a data set takes a line each. */
    private static String lines(Exception exception, String message) {
        List<String> lines = exception instanceof InvalidDataException invalid ? invalid.lines() : List.of(message);
        return lines.stream().map(OneLine::of).collect(Collectors.joining("\n  "));
    }

    /** Says what went wrong; a fault of the program shows where. */
    static int report(Exception exception, PrintWriter output) {
        boolean wrongUse = isOneOf(WRONG_USE, exception);
        boolean explained = wrongUse || isOneOf(WORLD_BROKE, exception);
        String message = explained ? exception.getMessage() : exception.toString();
        output.println("cyclestream-trainer: " + lines(exception, message));
        if (!explained && !isOneOf(WORLD_SAYS_WHAT, exception)) {
            exception.printStackTrace(output);
        }
        return wrongUse ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static boolean isOneOf(List<Class<? extends Exception>> types, Exception exception) {
        return types.stream().anyMatch(type -> type.isInstance(exception));
    }
}
