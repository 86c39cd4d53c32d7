package dev.cyclestream.cli;

import dev.cyclestream.cli.option.KafkaOptions;
import dev.cyclestream.replay.ReplayName;
import dev.cyclestream.replay.ReplayRemains;
import java.io.Console;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "reset",
        description = {
            "Removes what a replay left: its group, its plan, its dead letters, and its output topic if the replay made it and all that it holds.",
            "Shows what that is and asks first. Nothing that carries another name is touched."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ResetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--name", required = true, description = "Name of the replay.")
    private ReplayName name;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        try (ReplayRemains remains = new ReplayRemains(kafka.connection(), name)) {
            if (remains.isEmpty()) {
                System.out.printf("nothing is left of a replay %s%n", name);
                return ExitCode.OK;
            }
            remains.requireNoMembers();
            remains.describe().forEach(System.out::println);
            remains.kept()
                    .ifPresent(kept -> System.out.printf(
                            "(topic %s stays with %d images of replay %s: %s)%n",
                            kept.topic(), kept.images(), name, kept.why()));
            if (!yes && !isAgreed()) {
                System.out.println("nothing was removed");
                return ExitCode.OK;
            }
            remains.remove();
            System.out.printf("removed what was left of replay %s%n", name);
        }
        return ExitCode.OK;
    }

    // JDK 22 to 24 have a console everywhere; there the end of the input is the answer.
    @SuppressWarnings("SystemConsoleNull")
    private boolean isAgreed() {
        Console console = System.console();
        if (console == null) {
            throw new ParameterException(spec.commandLine(), "expected --yes, since there is no terminal to ask on");
        }
        String answer = console.readLine("Remove all of this? [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
