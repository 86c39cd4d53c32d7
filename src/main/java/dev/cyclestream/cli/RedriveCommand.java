package dev.cyclestream.cli;

import dev.cyclestream.cli.value.ReasonCode;
import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.stream.KafkaConnection;
import dev.cyclestream.stream.Redrive;
import dev.cyclestream.stream.Topics;
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
            "Ends with what is there when it begins. Exit code 1 if letters are left because their topic is no more."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RedriveCommand implements Callable<Integer> {

    /** Room for what a dead letter says in its headers, beside the largest record that a topic takes by default. */
    private static final int RECORD_BYTES = 64 << 20;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--dead-letters",
            defaultValue = "dead-letters",
            paramLabel = "TOPIC",
            description = "Where the dead letters are.")
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
        try (Redrive redrive = new Redrive(connection, deadLetters.value(), selection, RECORD_BYTES);
                ConsoleProgress progress = new ConsoleProgress("redriving", -1)) {
            Redrive.Result result = redrive.run(progress::stepTo);
            result.sent().forEach((to, count) -> System.out.printf("sent %d dead letters back to %s%n", count, to));
            if (result.sent().isEmpty()) {
                System.out.println("no dead letters to send back");
            }
            result.left()
                    .forEach((from, count) ->
                            System.out.printf("left %d dead letters: topic %s is no more%n", count, from));
            if (result.cut() > 0) {
                System.out.printf("left %d dead letters: what they came from did not fit into them%n", result.cut());
            }
            return result.left().isEmpty() && result.cut() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }
}
