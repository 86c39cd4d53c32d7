package dev.cyclestream.stream;

import dev.cyclestream.deadletter.DeadLetterPolicy;
import dev.cyclestream.inference.ImageTranslator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One direction of the application: which topic is read, what translates it, where the results go.
 *
 * @param inputTopic image events of one domain
 * @param outputTopic translated images
 * @param translator holds the checkpoint, and with it the direction; whoever loaded it closes it
 */
public record Route(String inputTopic, String outputTopic, ImageTranslator translator) {

    /** The translations of these routes, as the policy for dead letters knows them. */
    static DeadLetterPolicy.Translations translations(List<Route> routes) {
        List<Route> all = List.copyOf(routes);
        return new DeadLetterPolicy.Translations(
                all.stream()
                        .collect(Collectors.toMap(
                                Route::inputTopic,
                                route -> route.translator().checkpoint().sha256())),
                () -> all.stream()
                        .mapToLong(route -> route.translator().count())
                        .sum());
    }

    /** The name of the route for people: {@code images.a -> A_TO_B -> translated.b}. */
    public String describe() {
        return "%s -> %s -> %s".formatted(inputTopic, translator.direction(), outputTopic);
    }
}
