package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.gallery.InvalidFolderException;
import dev.cyclestream.stream.MissingTopicException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the translator. Exit codes: 0 done, 1 the world broke, 2 wrong use or set-up. */
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
            InspectCommand.class
        },
        footer = {
            "",
            "Every option can be given as an environment variable: --schema-registry is CYCLESTREAM_SCHEMA_REGISTRY.",
            "Exit codes: 0 done, 1 something in the world failed, 2 wrong use or set-up.",
            "",
            "Start here:",
            "  java -jar cyclestream.jar demo --output demo"
        })
public final class CyclestreamApplication implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        // Settings could otherwise name classes that read files and environment variables.
        System.setProperty("org.apache.kafka.automatic.config.providers", "none");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new CyclestreamApplication())
                .setDefaultValueProvider(new EnvironmentDefaults(System.getenv()))
                .registerConverter(ByteSize.class, ByteSize::parse)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((exception, commandLine, parsed) -> report(exception, commandLine));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }

    private static int report(Exception exception, CommandLine commandLine) {
        boolean wrongUse = exception instanceof InvalidCheckpointException
                || exception instanceof InvalidFolderException
                || exception instanceof MissingTopicException
                || exception instanceof IllegalArgumentException;
        String message = exception.getMessage() == null ? exception.toString() : exception.getMessage();
        commandLine.getErr().println("cyclestream: " + message);
        return wrongUse ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }
}
