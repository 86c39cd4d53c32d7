package dev.cyclestream.cli.option;

import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.event.Direction;
import dev.cyclestream.stream.setup.SetUp;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Names of the topics that the application reads and writes. */
public final class TopicOptions {

    @Option(
            names = "--images-a",
            defaultValue = "images.a",
            paramLabel = "TOPIC",
            description = "Image events of domain A.")
    private TopicName imagesA;

    @Option(
            names = "--images-b",
            defaultValue = "images.b",
            paramLabel = "TOPIC",
            description = "Image events of domain B.")
    private TopicName imagesB;

    @Option(
            names = "--translated-a",
            defaultValue = "translated.a",
            paramLabel = "TOPIC",
            description = "Images translated to domain A.")
    private TopicName translatedA;

    @Option(
            names = "--translated-b",
            defaultValue = "translated.b",
            paramLabel = "TOPIC",
            description = "Images translated to domain B.")
    private TopicName translatedB;

    @Option(
            names = "--dead-letters",
            defaultValue = "dead-letters",
            paramLabel = "TOPIC",
            description = "Inputs that can never be translated.")
    private TopicName deadLetters;

    public String deadLetters() {
        return deadLetters.value();
    }

    /**
     * Makes sure that nothing is read from where it is written to, and that each topic holds one kind of records.
     *
     * @throws IllegalArgumentException if two of the topics that are used are the same
     */
    public void requireDifferent(Set<Direction> directions) {
        Map<String, TopicName> used = new LinkedHashMap<>();
        if (directions.contains(Direction.A_TO_B)) {
            used.put("--images-a", imagesA);
            used.put("--translated-b", translatedB);
        }
        if (directions.contains(Direction.B_TO_A)) {
            used.put("--images-b", imagesB);
            used.put("--translated-a", translatedA);
        }
        used.put("--dead-letters", deadLetters);
        Map<TopicName, String> seen = new HashMap<>();
        used.forEach((option, topic) -> {
            String other = seen.putIfAbsent(topic, option);
            if (other != null) {
                throw new IllegalArgumentException(
                        "%s, %s: expected different topics, found %s for both".formatted(other, option, topic));
            }
        });
    }

    /** The topics between which images are translated. */
    public SetUp.Link link(Direction direction) {
        return direction == Direction.A_TO_B
                ? new SetUp.Link(imagesA.value(), translatedB.value())
                : new SetUp.Link(imagesB.value(), translatedA.value());
    }
}
