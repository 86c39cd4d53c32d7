package dev.cyclestream.cli.rollout;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands by which checkpoints change while the stream runs. */
@Command(
        name = "rollout",
        description = {
            "Changes checkpoints while the stream runs: each partition switches at one offset, which is on record.",
            "A candidate begins with a share of the keys or in the shadow; it is promoted, or rolled back."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            StartCommand.class,
            StatusCommand.class,
            JudgeCommand.class,
            PromoteCommand.class,
            RollBackCommand.class,
            HistoryCommand.class
        })
public final class RolloutCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        String commands = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(spec.commandLine(), "expected a command: " + commands);
    }
}
