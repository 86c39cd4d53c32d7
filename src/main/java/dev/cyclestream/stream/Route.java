package dev.cyclestream.stream;

import dev.cyclestream.inference.ImageTranslator;

/**
 * One direction of the application: which topic is read, what translates it, where the results go.
 *
 * @param inputTopic image events of one domain
 * @param outputTopic translated images
 * @param translator holds the checkpoint, and with it the direction; whoever loaded it closes it
 */
public record Route(String inputTopic, String outputTopic, ImageTranslator translator) {

    /** How the route is named to people: {@code images.a -> A_TO_B -> translated.b}. */
    public String describe() {
        return "%s -> %s -> %s".formatted(inputTopic, translator.direction(), outputTopic);
    }
}
