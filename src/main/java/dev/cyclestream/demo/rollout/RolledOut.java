package dev.cyclestream.demo.rollout;

import dev.cyclestream.demo.DemoFailedException;
import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.rollout.Announcement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A roll-out that is over, and all that came of it.
 *
 * @param decisions on record
 * @param results in the order in which they came
 * @param shadows results of the candidate for inputs that the stable one translated
 */
record RolledOut(
        List<DemoPicture> pictures,
        RecordedDecisions decisions,
        List<MadeImage> results,
        List<MadeImage> shadows,
        int deadLetters) {

    RolledOut {
        pictures = List.copyOf(pictures);
        results = List.copyOf(results);
        shadows = List.copyOf(shadows);
    }

    /**
     * Makes sure that the page may say what it says.
     *
     * @throws DemoFailedException if an image was not made as it is on record
     */
    void requireAsRecorded() {
        List<String> disagreements = decisions.disagreements(results, shadows);
        if (!disagreements.isEmpty()) {
            throw new DemoFailedException(
                    "expected every image as it is on record, found %d that are not; the first one: %s"
                            .formatted(disagreements.size(), disagreements.get(0)),
                    Optional.empty());
        }
    }

    /** The number of results by a split. */
    long count(long split) {
        return results.stream()
                .filter(result -> result.decision().split() == split)
                .count();
    }

    /** The time from an announcement until a reader had a result by that split, or a later one, of each partition; empty if one has none. */
    Optional<Duration> untilEverywhere(Announcement announcement) {
        Map<Integer, Optional<Instant>> first = new HashMap<>();
        for (MadeImage result : results) {
            boolean isThere = result.decision().split() >= announcement.split().number();
            first.merge(
                    result.partition(),
                    isThere ? Optional.of(result.at()) : Optional.empty(),
                    (earlier, now) -> earlier.isPresent() ? earlier : now);
        }
        return first.values().stream().allMatch(Optional::isPresent)
                ? first.values().stream()
                        .flatMap(Optional::stream)
                        .max(Instant::compareTo)
                        .map(last -> Duration.between(announcement.at(), last))
                : Optional.empty();
    }

    /** The longest time between two results, as their reader saw them. */
    Duration longestGap() {
        Duration longest = Duration.ZERO;
        for (int index = 1; index < results.size(); index++) {
            Duration gap = Duration.between(
                    results.get(index - 1).at(), results.get(index).at());
            longest = gap.compareTo(longest) > 0 ? gap : longest;
        }
        return longest;
    }
}
