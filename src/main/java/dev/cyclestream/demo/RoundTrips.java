package dev.cyclestream.demo;

import dev.cyclestream.deadletter.DeadLetterCollector.CollectedDeadLetter;
import dev.cyclestream.topic.CollectedImage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The outcome of each picture of the demo: its translation, its reconstruction, or the reason why there is none. */
final class RoundTrips {

    private final Map<String, DemoPicture> inputs = new LinkedHashMap<>();
    private final Map<String, CollectedImage> translated = new LinkedHashMap<>();
    private final Map<String, CollectedImage> returned = new LinkedHashMap<>();
    private final Map<String, CollectedDeadLetter> deadLetters = new LinkedHashMap<>();
    private Duration elapsed = Duration.ZERO;

    /** One picture's way, as far as it came. */
    record Trip(
            DemoPicture input,
            Optional<CollectedImage> translated,
            Optional<CollectedImage> returned,
            Optional<CollectedDeadLetter> deadLetter) {}

    RoundTrips(List<DemoPicture> pictures) {
        pictures.forEach(picture -> inputs.put(picture.id(), picture));
    }

    void translated(CollectedImage image) {
        translated.put(image.imageId(), image);
    }

    void returned(CollectedImage image) {
        returned.put(image.imageId(), image);
    }

    void deadLetter(CollectedDeadLetter letter) {
        deadLetters.put(letter.key(), letter);
    }

    void finished(Duration timeTaken) {
        elapsed = timeTaken;
    }

    boolean isComplete() {
        return returned.size() + deadLetters.size() >= inputs.size();
    }

    /** Translations in both directions so far. */
    int translations() {
        return translated.size() + returned.size();
    }

    int deadLetters() {
        return deadLetters.size();
    }

    /** Translations a second, from the first event sent to the last image received. */
    double imagesPerSecond() {
        return translations() / (elapsed.toNanos() / 1e9);
    }

    List<Trip> trips() {
        return inputs.values().stream()
                .map(input -> new Trip(
                        input,
                        Optional.ofNullable(translated.get(input.id())),
                        Optional.ofNullable(returned.get(input.id())),
                        Optional.ofNullable(deadLetters.get(input.id()))))
                .toList();
    }
}
