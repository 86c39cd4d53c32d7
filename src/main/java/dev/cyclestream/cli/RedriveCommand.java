package dev.cyclestream.cli;

import dev.cyclestream.cli.option.KafkaOptions;
import dev.cyclestream.cli.value.ReasonCode;
import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.deadletter.redrive.Redrive;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.service.ToldToEnd;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "redrive",
        description = {
            "Sends dead letters back to the topics they came from, after what killed them was mended.",
            "Each is sent once, whatever --reason and --topic say: which were sent is noted in the topic TOPIC-redriven.",
            "Ends with what is there when it begins. Exit code 1 if letters are left because their topic is no more, or does not take them."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RedriveCommand implements Callable<Integer> {

    /** Room for what a dead letter says in its headers, beside the largest record that a topic takes by default. */
    private static final int RECORD_BYTES = 64 << 20;

    private static final int MOST_NAMED = 5;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--dead-letters",
            defaultValue = "dead-letters",
            paramLabel = "TOPIC",
            description = "Topic of the dead letters.")
    private TopicName deadLetters;

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Only those that died of this, such as IMAGE_TOO_LARGE.")
    private Optional<ReasonCode> reason;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only those that came from this topic.")
    private Optional<TopicName> topic;

    @Override
    public Integer call() {
        if (topic.filter(deadLetters::equals).isPresent()) {
            throw new IllegalArgumentException(
                    "--topic: expected a topic of image events, found %s, which holds the dead letters"
                            .formatted(deadLetters.value()));
        }
        KafkaConnection connection = kafka.connection();
        try (Topics topics = new Topics(connection)) {
            topics.require(List.of(deadLetters.value()));
        }
        Redrive.Selection selection = new Redrive.Selection(reason.map(ReasonCode::value), topic.map(TopicName::value));
        try (ToldToEnd told = new ToldToEnd();
                Redrive redrive = new Redrive(connection, deadLetters.value(), selection, RECORD_BYTES)) {
            Redrive.Result result;
            try (ConsoleProgress progress = new ConsoleProgress("redriving", -1)) {
                result = redrive.run(progress::stepTo, told::isTold);
            }
            return told.exitWith(conclude(result));
        }
    }

    private int conclude(Redrive.Result result) {
        result.sent().forEach((to, count) -> System.out.printf("sent %d dead letters back to %s%n", count, to));
        result.left()
                .forEach((from, count) ->
                        System.out.printf("left %d dead letters: topic %s is no more%n", count, OneLine.of(from)));
        if (result.cut() > 0) {
            System.out.printf("left %d dead letters: what they came from did not fit into them%n", result.cut());
        }
        result.refused().stream().limit(MOST_NAMED).forEach(line -> System.out.println("left " + OneLine.of(line)));
        if (result.refused().size() > MOST_NAMED) {
            System.out.printf(
                    "left %d more that their topics do not take%n",
                    result.refused().size() - MOST_NAMED);
        }
        if (!result.whole()) {
            System.out.printf(
                    "stopped before the end of %s, as it was told to; start it again to go on%n", deadLetters);
        } else if (result.sent().isEmpty()) {
            System.out.printf(
                    "no dead letters%s to send back that were not sent before%n",
                    reason.isPresent() || topic.isPresent() ? " of this --reason and --topic" : "");
        }
        boolean left = !result.left().isEmpty()
                || result.cut() > 0
                || !result.refused().isEmpty();
        return result.whole() && !left ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
