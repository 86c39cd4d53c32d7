package dev.cyclestream.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where dead letters go, what they say of the checkpoint, and how many in a row are believed. Shared by all threads of an
 * instance.
 */
final class DeadLetterPolicy {

    /** Under which Kafka Streams hands it to {@link FailureHandler}. */
    static final String SETTING = "cyclestream.dead.letter.policy";

    private final String topic;
    private final int longestRun;
    private final DeadLetterListener listener;
    private final List<Route> routes;
    private final Map<String, String> checkpoints;
    private long translatedBefore;
    private int run;

    /** @param longestRun dead letters without a translated image between them */
    DeadLetterPolicy(String topic, int longestRun, List<Route> routes, DeadLetterListener listener) {
        this.listener = listener;
        this.topic = topic;
        this.longestRun = longestRun;
        this.routes = List.copyOf(routes);
        this.checkpoints = routes.stream()
                .collect(Collectors.toMap(
                        Route::inputTopic,
                        route -> route.translator().checkpoint().sha256()));
    }

    String topic() {
        return topic;
    }

    /** SHA-256 of the checkpoint that the inputs of a topic are translated with. */
    Optional<String> checkpoint(String inputTopic) {
        return Optional.ofNullable(checkpoints.get(inputTopic));
    }

    /**
     * Counts a dead letter.
     *
     * @throws TooManyDeadLettersException if too many came in a row: the topic would be drained into dead letters
     */
    synchronized void accept(DeadLetter letter, String inputTopic) {
        long translated =
                routes.stream().mapToLong(route -> route.translator().count()).sum();
        run = translated == translatedBefore ? run + 1 : 1;
        translatedBefore = translated;
        if (run > longestRun) {
            throw new TooManyDeadLettersException(
                    "more than %d inputs in a row cannot be translated, so it may not be their fault (a wrong topic, schema or limit?); the last: %s"
                            .formatted(longestRun, letter.describe()),
                    letter.failure());
        }
        listener.deadLetter(inputTopic, letter.reason());
    }
}
