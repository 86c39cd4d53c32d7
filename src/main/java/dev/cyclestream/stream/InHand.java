package dev.cyclestream.stream;

import dev.cyclestream.deadletter.DeadLetterPolicy;
import dev.cyclestream.inference.ImageTranslator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The checkpoint that each thread of an instance is at, and the images that all of them have translated. */
final class InHand {

    private final ThreadLocal<String> checkpoint = new ThreadLocal<>();
    private final LongAdder translated = new LongAdder();

    /** A record of a route is next; which checkpoint translates it is not known yet. */
    void begin(Route route) {
        checkpoint.set(route.translators().stable(route.translator().direction()));
    }

    /** This one translates it. */
    void chosen(ImageTranslator translator) {
        checkpoint.set(translator.checkpoint().sha256());
    }

    /** The record is translated. */
    void translated() {
        translated.increment();
    }

    /** The translations of these routes, as the policy for dead letters knows them. */
    DeadLetterPolicy.Translations translations(List<Route> routes) {
        Map<String, Route> byInput =
                routes.stream().collect(Collectors.toUnmodifiableMap(Route::inputTopic, Function.identity()));
        return new DeadLetterPolicy.Translations(
                input -> Optional.ofNullable(checkpoint.get())
                        .or(() -> Optional.ofNullable(byInput.get(input))
                                .map(route -> route.translators()
                                        .stable(route.translator().direction()))),
                translated::sum);
    }
}
