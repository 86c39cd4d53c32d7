package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.cli.option.EnvironmentDefaults;
import dev.cyclestream.cli.option.OptionChecks;
import dev.cyclestream.cli.option.OptionTypes;
import dev.cyclestream.demo.DemoFailedException;
import dev.cyclestream.event.RegistryRefusedException;
import dev.cyclestream.event.RegistryUnreachableException;
import dev.cyclestream.event.WrongSubjectException;
import dev.cyclestream.file.FileNotWrittenException;
import dev.cyclestream.gallery.InvalidFolderException;
import dev.cyclestream.inference.GeneratorFailedException;
import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.kafka.MissingTopicException;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.process.TemporaryFolder;
import dev.cyclestream.storage.ReferenceRejectedException;
import dev.cyclestream.storage.StorageUnreachableException;
import dev.cyclestream.topic.PublishFailedException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the translator. Exit codes: 0 done, 1 the world broke, 2 wrong use or set-up; of compare also 3. */
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
            CompareCommand.class
        },
        footer = {
            "",
            "Every option can be given as an environment variable: --schema-registry is CYCLESTREAM_SCHEMA_REGISTRY.",
            "Exit codes: 0 done, 1 something in the world failed, 2 wrong use or set-up;",
            "of compare also 3, a threshold is violated.",
            "",
            "Start here:",
            "  java -jar cyclestream.jar demo --output demo"
        })
public final class CyclestreamApplication implements Runnable {

    /** Failures whose message names what the user can mend. */
    private static final List<Class<? extends Exception>> WRONG_USE = List.of(
            InvalidCheckpointException.class,
            InvalidFolderException.class,
            MissingTopicException.class,
            ReferenceRejectedException.class,
            WrongSubjectException.class,
            IllegalArgumentException.class);

    /** Failures of the world whose message says all. */
    private static final List<Class<? extends Exception>> WORLD_BROKE = List.of(
            BrokerUnreachableException.class,
            RegistryUnreachableException.class,
            RegistryRefusedException.class,
            FileNotWrittenException.class,
            PublishFailedException.class,
            GeneratorFailedException.class,
            StorageUnreachableException.class,
            DemoFailedException.class);

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
        boolean wrongUse = WRONG_USE.stream().anyMatch(type -> type.isInstance(exception));
        boolean explained = wrongUse || WORLD_BROKE.stream().anyMatch(type -> type.isInstance(exception));
        String message = explained ? exception.getMessage() : exception.toString();
        commandLine.getErr().println("cyclestream: " + OneLine.of(message));
        return wrongUse ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }
}
