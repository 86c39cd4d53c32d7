package dev.cyclestream.comparison.pairing;

import dev.cyclestream.topic.PassedOver;
import java.util.Collection;
import java.util.List;

/**
 * One side of a comparison.
 *
 * @param name of the topic, or path of the folder
 * @param images translated images, or files
 * @param others records that are none
 * @param replaced translations that a later one took the place of
 * @param scattered those of them in another partition than the one that was taken
 * @param gaps what replays that wrote to it left out, a sentence each
 */
public record SideSummary(String name, long images, Others others, long replaced, long scattered, List<String> gaps) {

    /**
     * Records that are no translated images.
     *
     * @param count of those that hold something else, or what cannot be read
     * @param withoutValue those that say that an image was deleted
     * @param first where the first few are and what they hold
     */
    public record Others(long count, long withoutValue, String first) {
        public static final Others NONE = new Others(0, 0, "");

        static Others of(PassedOver passedOver) {
            return new Others(passedOver.count(), passedOver.withoutValue(), passedOver.describe());
        }
    }

    static SideSummary of(String topic, TopicIndex index, Replays replays) {
        return new SideSummary(
                topic,
                index.records(),
                Others.of(index.others()),
                index.replaced(),
                index.scattered(),
                gaps(index.replays(), replays));
    }

    /** A sentence for each gap of each replay. */
    static List<String> gaps(Collection<String> names, Replays replays) {
        return names.stream()
                .flatMap(name -> replays.gaps(name).stream().map(gap -> "replay %s: %s".formatted(name, gap)))
                .toList();
    }
}
