package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.cli.option.InstanceOptions;
import dev.cyclestream.cli.value.ClientName;
import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.event.Direction;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.Range;
import dev.cyclestream.replay.Edge;
import dev.cyclestream.replay.LivePositions;
import dev.cyclestream.replay.ReplayName;
import dev.cyclestream.replay.ReplayPlan;
import dev.cyclestream.replay.ReplayRequest;
import dev.cyclestream.service.InstanceSettings;
import dev.cyclestream.service.RecordedMaker;
import dev.cyclestream.service.ReplayMaker;
import dev.cyclestream.service.ReplayService;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = {
            "Translates a range of a topic once more, with another checkpoint or with those that made it, into a topic of its own, and ends.",
            "Instances with the same name share the work: the first one fixes the range, the others take it from the plan.",
            "Stopped or killed and started again, it goes on where it was; when it is complete, it says so and does nothing."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private InstanceOptions instance;

    @Option(names = "--topic", required = true, description = "Image events to replay, such as images.a.")
    private TopicName topic;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "Checkpoint to translate with.")
    private Optional<InputFile> checkpoint;

    @Option(
            names = "--as-scheduled",
            description =
                    "Translate with the checkpoints that made the range, as the roll-outs of --application-id put them on record; shadows are left out.")
    private boolean asScheduled;

    @Option(
            names = "--application-id",
            defaultValue = "cyclestream",
            description =
                    "Application id of the instances that made the range, as run was given it; for --as-scheduled.")
    private ClientName applicationId;

    @Option(
            names = "--from",
            paramLabel = "EDGE",
            description =
                    "Beginning of the range: earliest, latest, now, an offset, offsets by partition such as 0:120,1:80 (others are left out), or a time such as 2026-05-01T12:00:00Z. Default: earliest.")
    private Optional<Edge> from;

    @Option(
            names = "--to",
            paramLabel = "EDGE",
            description =
                    "End of the range, in the same words; the record there is not replayed. Default: latest; with --as-scheduled where the application is.")
    private Optional<Edge> to;

    @Option(
            names = "--name",
            description =
                    "Name of the replay. Default: topic and first digits of the checkpoint's SHA-256, or as-scheduled.")
    private Optional<ReplayName> name;

    @Option(
            names = "--output-topic",
            paramLabel = "TOPIC",
            description =
                    "Topic that the images go to. Default: TOPIC-replay-DIGITS or TOPIC-replay-as-scheduled, behind it the name if one is given.")
    private Optional<TopicName> outputTopic;

    @Option(
            names = "--rate",
            paramLabel = "IMAGES",
            description = "Most images a second of this instance; two instances do twice as many. Default: no limit.")
    @Range(above = "0", to = "1000000000")
    private Optional<Double> rate;

    @Option(
            names = "--transaction-patience",
            defaultValue = "PT2M",
            paramLabel = "DURATION",
            description =
                    "Longest time that the plan waits for transactions that are open in the range. Images behind one that is still open then are not replayed, and the exit code is 1.")
    @Range(from = "PT0.001S", to = "PT24H")
    private Duration transactionPatience;

    @Option(
            names = "--direction",
            description =
                    "A_TO_B or B_TO_A, for a checkpoint of others, which does not say. Default: what the checkpoint says, or what is on record.")
    private Optional<Direction> direction;

    @Mixin
    private GeneratorOptions generators;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireMaker();
        instance.begin();
        InstanceSettings settings = instance.settings();
        ReplayService.Order order = asScheduled ? asScheduled(settings.connection()) : withCheckpoint();
        return new ReplayService(settings, order, (length, done) -> new ConsoleProgress("replaying", length, done))
                .run();
    }

    private void requireMaker() {
        if (checkpoint.isPresent() == asScheduled) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --checkpoint or --as-scheduled, found " + (asScheduled ? "both" : "neither"));
        }
    }

    private ReplayService.Order withCheckpoint() throws IOException {
        Checkpoint opened = open(checkpoint.orElseThrow());
        ReplayPlan.Recipe recipe = new ReplayPlan.Recipe(opened.name(), opened.sha256(), instance.describeImages());
        return order(recipe, Optional.empty(), ReplayMaker.of(opened));
    }

    private ReplayService.Order asScheduled(KafkaConnection connection) {
        RecordedMaker recorded = RecordedMaker.of(connection, applicationId.value(), topic.value(), direction);
        ReplayPlan.Recipe recipe = new ReplayPlan.Recipe(recorded.splits(), instance.describeImages());
        return order(recipe, Optional.of(recorded.live()), recorded);
    }

    private Checkpoint open(InputFile file) throws IOException {
        Checkpoint opened = generators.open(file);
        if (direction.isPresent()) {
            return opened.requireDirection(direction.get());
        }
        if (opened.direction().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: does not say which way it translates; set --direction".formatted(opened.name()));
        }
        return opened;
    }

    private ReplayService.Order order(ReplayPlan.Recipe recipe, Optional<LivePositions> live, ReplayMaker maker) {
        ReplayRequest request = new ReplayRequest(
                name.orElseGet(() -> nameOf(recipe)),
                topic.value(),
                from,
                to,
                recipe,
                outputTopic.map(TopicName::value),
                live);
        return new ReplayService.Order(request, maker, transactionPatience, rate);
    }

    private ReplayName nameOf(ReplayPlan.Recipe recipe) {
        try {
            return ReplayName.of(topic.value(), recipe.mark());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--name: expected one, since the topic's is too long for a replay's", e);
        }
    }
}
