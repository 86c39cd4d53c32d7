package dev.cyclestream.stream;

import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.live.OnlyTranslator;
import dev.cyclestream.rollout.live.Translators;

/**
 * One direction of the application: which topic is read, what translates it, where the results go.
 *
 * @param inputTopic image events of one domain
 * @param outputTopic translated images
 * @param translator holds the checkpoint that the instance begins with, and with it the direction; whoever loaded it closes it
 * @param translators what translates each record
 */
public record Route(String inputTopic, String outputTopic, ImageTranslator translator, Translators translators) {

    /** A route on which one translator translates everything. */
    public Route(String inputTopic, String outputTopic, ImageTranslator translator) {
        this(inputTopic, outputTopic, translator, new OnlyTranslator(translator));
    }

    /** The topic that the results of shadows go to. */
    public String shadowTopic() {
        return RolloutTopics.shadowOf(outputTopic);
    }

    /** The name of the route for people: {@code images.a -> A_TO_B -> translated.b}. */
    public String describe() {
        return "%s -> %s -> %s".formatted(inputTopic, translator.direction(), outputTopic);
    }
}
