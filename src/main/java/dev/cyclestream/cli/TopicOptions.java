package dev.cyclestream.cli;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.stream.Route;
import picocli.CommandLine.Option;

/** Names of the topics that the application reads and writes. */
final class TopicOptions {

    @Option(
            names = "--images-a",
            defaultValue = "images.a",
            paramLabel = "TOPIC",
            description = "Image events of domain A.")
    private String imagesA;

    @Option(
            names = "--images-b",
            defaultValue = "images.b",
            paramLabel = "TOPIC",
            description = "Image events of domain B.")
    private String imagesB;

    @Option(
            names = "--translated-a",
            defaultValue = "translated.a",
            paramLabel = "TOPIC",
            description = "Images translated to domain A.")
    private String translatedA;

    @Option(
            names = "--translated-b",
            defaultValue = "translated.b",
            paramLabel = "TOPIC",
            description = "Images translated to domain B.")
    private String translatedB;

    @Option(
            names = "--dead-letters",
            defaultValue = "dead-letters",
            paramLabel = "TOPIC",
            description = "Inputs that can never be translated.")
    private String deadLetters;

    String deadLetters() {
        return deadLetters;
    }

    /** The topics between which a translator works. */
    Route route(ImageTranslator translator) {
        return translator.direction() == Direction.A_TO_B
                ? new Route(imagesA, translatedB, translator)
                : new Route(imagesB, translatedA, translator);
    }
}
