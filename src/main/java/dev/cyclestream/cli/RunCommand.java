package dev.cyclestream.cli;

import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.cli.option.InstanceOptions;
import dev.cyclestream.cli.option.TopicOptions;
import dev.cyclestream.cli.value.ClientName;
import dev.cyclestream.cli.value.ShareOrNone;
import dev.cyclestream.event.Direction;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.Range;
import dev.cyclestream.service.InstanceSettings;
import dev.cyclestream.service.Preparation;
import dev.cyclestream.service.StreamService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Translates image events until it is stopped, exactly once: images.a to translated.b, images.b to translated.a.",
            "Instances with the same application id share the work. SIGTERM finishes the images in hand."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RunCommand implements Callable<Integer> {

    /** Of the results, if the user says nothing. */
    private static final double ANOMALY_SHARE = 0.05;

    @Spec
    private CommandSpec spec;

    @Mixin
    private InstanceOptions instance;

    @Option(
            names = "--a-to-b",
            paramLabel = "FILE",
            description = "Checkpoint for A to B; without it, this direction rests.")
    private Optional<InputFile> aToB;

    @Option(
            names = "--b-to-a",
            paramLabel = "FILE",
            description = "Checkpoint for B to A; without it, this direction rests.")
    private Optional<InputFile> bToA;

    @Option(
            names = "--application-id",
            defaultValue = "cyclestream",
            description =
                    "Consumer group, and prefix of transactional ids; instances that share one must read the same topics.")
    private ClientName applicationId;

    @Mixin
    private TopicOptions topics;

    @Option(
            names = "--create-topics",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Make the topics that are missing.")
    private boolean createTopics;

    @Option(
            names = "--partitions",
            description =
                    "Partitions of topics that are made; results get at least as many as their input has. Default: what the brokers say.")
    @Range(from = "1", to = "10000")
    private Optional<Integer> partitions;

    @Option(
            names = "--translate-again",
            description =
                    "Begin although the application id has no position in inputs whose results are there: they come a second time.")
    private boolean translateAgain;

    @Option(
            names = "--anomaly-share",
            paramLabel = "SHARE",
            description =
                    "Part of the results that the other direction translates back, when it has nothing else to do, to see whether the input comes back, such as 5%% or 0.05; 0 for none. Default: 5%% where both directions run, else 0.")
    private Optional<ShareOrNone> anomalyShare;

    @Option(
            names = "--dry-run",
            description =
                    "Check the topics, the registry, the checkpoints and the settings, say which topics would be made, and end; changes nothing.")
    private boolean dryRun;

    @Mixin
    private GeneratorOptions generators;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireDirections();
        double share = anomalyShare();
        instance.begin();
        InstanceSettings settings = instance.settings();
        StreamService.Order order = new StreamService.Order(
                applicationId.value(),
                legs(),
                share,
                topics.deadLetters(),
                new Preparation.Wishes(dryRun, createTopics, partitions, translateAgain, Double.POSITIVE_INFINITY));
        return new StreamService(settings, order).run();
    }

    private double anomalyShare() {
        boolean both = aToB.isPresent() && bToA.isPresent();
        double share = anomalyShare.map(ShareOrNone::fraction).orElse(both ? ANOMALY_SHARE : 0);
        if (share > 0 && !both) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--anomaly-share: expected --a-to-b and --b-to-a, since one translates back what the other made, found one of them");
        }
        return share;
    }

    private void requireDirections() {
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        aToB.ifPresent(given -> directions.add(Direction.A_TO_B));
        bToA.ifPresent(given -> directions.add(Direction.B_TO_A));
        if (directions.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "expected --a-to-b or --b-to-a or both, found neither");
        }
        topics.requireDifferent(directions);
    }

    private List<StreamService.Leg> legs() throws IOException {
        List<StreamService.Leg> legs = new ArrayList<>();
        if (aToB.isPresent()) {
            legs.add(leg(aToB.get(), Direction.A_TO_B));
        }
        if (bToA.isPresent()) {
            legs.add(leg(bToA.get(), Direction.B_TO_A));
        }
        return legs;
    }

    private StreamService.Leg leg(InputFile checkpoint, Direction direction) throws IOException {
        return new StreamService.Leg(
                generators.open(checkpoint).requireDirection(direction), checkpoint.path(), topics.link(direction));
    }
}
