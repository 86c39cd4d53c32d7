package dev.cyclestream.cli.rollout;

import dev.cyclestream.cli.option.FetchOptions;
import dev.cyclestream.cli.value.FetchSource;
import dev.cyclestream.cli.value.Share;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.rollout.operation.RolloutOperator;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "start",
        description = {
            "Puts a candidate on trial: with a share of the keys, in the shadow, or both.",
            "Given again with the same checkpoint, it changes the share; keys that the candidate has stay with it while the share grows."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class StartCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ApplicationOptions application;

    @Mixin
    private SwitchOptions step;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "URI",
            description = "The candidate, where every instance can read it: file:///PATH or s3://BUCKET/KEY.")
    private FetchSource checkpoint;

    @Option(names = "--share", description = "Part of the keys that it translates, such as 5%% or 0.05.")
    private Optional<Share> share;

    @Option(
            names = "--shadow",
            description =
                    "Translate everything else with it, too, into a topic beside the output, such as translated.b.shadow.")
    private boolean shadow;

    @Mixin
    private FetchOptions fetch;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (share.isEmpty() && !shadow) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --share or --shadow or both, found neither: it would translate nothing");
        }
        Trial trial = new Trial(share.map(Share::fraction).orElse(0.0), shadow);
        try (RolloutOperator operator = application.operator()) {
            return step.await(operator, operator.start(step.direction(), checkpoint.uri(), fetch.fetch(), trial));
        }
    }
}
