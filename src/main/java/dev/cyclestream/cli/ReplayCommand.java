package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.cli.option.InstanceOptions;
import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.event.Direction;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.Range;
import dev.cyclestream.replay.Edge;
import dev.cyclestream.replay.ReplayName;
import dev.cyclestream.replay.ReplayPlan;
import dev.cyclestream.replay.ReplayRequest;
import dev.cyclestream.service.InstanceSettings;
import dev.cyclestream.service.ReplayService;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description = {
            "Translates a range of a topic once more, with another checkpoint, into a topic of its own, and ends.",
            "Instances with the same name share the work: the first one fixes the range, the others take it from the plan.",
            "Stopped or killed and started again, it goes on where it was; when it is complete, it says so and does nothing."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private InstanceOptions instance;

    @Option(names = "--topic", required = true, description = "Image events to replay, such as images.a.")
    private TopicName topic;

    @Option(names = "--checkpoint", required = true, paramLabel = "FILE", description = "Checkpoint to translate with.")
    private InputFile checkpoint;

    @Option(
            names = "--from",
            paramLabel = "EDGE",
            description =
                    "Beginning of the range: earliest, latest, now, an offset, offsets by partition such as 0:120,1:80 (others are left out), or a time such as 2026-05-01T12:00:00Z. Default: earliest.")
    private Optional<Edge> from;

    @Option(
            names = "--to",
            paramLabel = "EDGE",
            description = "End of the range, in the same words; the record there is not replayed. Default: latest.")
    private Optional<Edge> to;

    @Option(
            names = "--name",
            description = "Name of the replay. Default: topic and first digits of the checkpoint's SHA-256.")
    private Optional<ReplayName> name;

    @Option(
            names = "--output-topic",
            paramLabel = "TOPIC",
            description =
                    "Topic that the images go to. Default: TOPIC-replay-DIGITS, behind it the name if one is given.")
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
                    "A_TO_B or B_TO_A, for a checkpoint of others, which does not say. Default: what the checkpoint says.")
    private Optional<Direction> direction;

    @Mixin
    private GeneratorOptions generators;

    @Override
    public Integer call() throws IOException, InterruptedException {
        instance.begin();
        InstanceSettings settings = instance.settings();
        Checkpoint opened = open();
        ReplayService.Order order = new ReplayService.Order(request(opened), opened, transactionPatience, rate);
        return new ReplayService(settings, order, (length, done) -> new ConsoleProgress("replaying", length, done))
                .run();
    }

    private Checkpoint open() throws IOException {
        Checkpoint opened = generators.open(checkpoint);
        if (direction.isPresent()) {
            return opened.requireDirection(direction.get());
        }
        if (opened.direction().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: does not say which way it translates; set --direction".formatted(opened.name()));
        }
        return opened;
    }

    private ReplayRequest request(Checkpoint opened) {
        return new ReplayRequest(
                name.orElseGet(() -> nameOf(opened)),
                topic.value(),
                from,
                to,
                new ReplayPlan.Recipe(opened.name(), opened.sha256(), instance.describeImages()),
                outputTopic.map(TopicName::value));
    }

    private ReplayName nameOf(Checkpoint opened) {
        try {
            return ReplayName.of(topic.value(), opened.sha256());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--name: expected one, since the topic's is too long for a replay's", e);
        }
    }
}
