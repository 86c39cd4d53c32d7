package dev.cyclestream.cli;

import dev.cyclestream.cli.option.EnvironmentDefaults;
import dev.cyclestream.cli.option.OptionChecks;
import dev.cyclestream.cli.option.OptionTypes;
import dev.cyclestream.cli.rollout.RolloutCommand;
import dev.cyclestream.event.RegistryRefusedException;
import dev.cyclestream.event.RegistryUnreachableException;
import dev.cyclestream.event.WrongSubjectException;
import dev.cyclestream.failure.FailureReport;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.process.TemporaryFolder;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the translator. Exit codes: 0 done, 1 the world broke, 2 wrong use or set-up; of three commands also 3. */
@Command(
        name = "cyclestream",
        description = "Restyles images as they stream through Kafka.",
        mixinStandardHelpOptions = true,
        versionProvider = CommandVersion.class,
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            PublishCommand.class,
            CollectCommand.class,
            TranslateCommand.class,
            InspectCommand.class,
            AdoptCommand.class,
            FetchCommand.class,
            BenchCommand.class,
            RedriveCommand.class,
            ReplayCommand.class,
            ResetCommand.class,
            CompareCommand.class,
            RolloutCommand.class,
            VerifyCommand.class
        },
        footer = {
            "",
            "Every option can be given as an environment variable: --schema-registry is CYCLESTREAM_SCHEMA_REGISTRY.",
            "Exit codes: 0 done, 1 something in the world failed, 2 wrong use or set-up;",
            "of compare and rollout judge also 3, a threshold is violated; of verify also 3, an output differs.",
            "",
            "Start here:",
            "  java -jar cyclestream.jar demo --output demo"
        })
public final class CyclestreamApplication implements Runnable {

    private static final Logger LOGGER = LoggerFactory.getLogger(CyclestreamApplication.class);

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        TemporaryFolder.begin();
        System.setProperty("java.awt.headless", "true");
        Locale.setDefault(Locale.ROOT); // numbers in files and on the screen look the same everywhere
        // Settings could otherwise name classes that read files and environment variables.
        System.setProperty("org.apache.kafka.automatic.config.providers", "none");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return OptionTypes.registerIn(new CommandLine(new CyclestreamApplication()))
                .setDefaultValueProvider(new EnvironmentDefaults(System.getenv()))
                .setExecutionStrategy(OptionChecks::execute)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((exception, arguments) -> reportWrongUse(exception))
                .setExecutionExceptionHandler((exception, commandLine, parsed) -> report(exception, commandLine));
    }

    @Override
    public void run() {
        String commands = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(spec.commandLine(), "expected a command: " + commands);
    }

    private static int reportWrongUse(ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().printf("%s: %s (%s --help says more)%n", name, OneLine.of(exception.getMessage()), name);
        return ExitCode.USAGE;
    }

    private static int report(Exception exception, CommandLine commandLine) {
        FailureReport report = reportOf(exception);
        if (report.showsTrace()) {
            LOGGER.error("a fault of the program", exception);
        }
        commandLine.getErr().println("cyclestream: " + report.message());
        return report.exitCode();
    }

    /** The failures of the records' module, which is a library for others and knows nothing of our kinds, are named here. */
    private static FailureReport reportOf(Exception exception) {
        if (exception instanceof WrongSubjectException || FailureReport.isRefusedByUs(exception)) {
            return FailureReport.ofWrongUse(exception);
        }
        if (exception instanceof RegistryUnreachableException || exception instanceof RegistryRefusedException) {
            return FailureReport.ofUnavailable(exception);
        }
        return FailureReport.of(exception);
    }
}
