package dev.cyclestream.trainer.cli;

import dev.cyclestream.failure.FailureReport;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.process.TemporaryFolder;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
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

    /** Says what went wrong; a fault of the program shows where. */
    static int report(Exception exception, PrintWriter output) {
        FailureReport report = FailureReport.of(exception);
        output.println("cyclestream-trainer: " + report.message());
        if (report.showsTrace()) {
            exception.printStackTrace(output);
        }
        return report.exitCode();
    }
}
