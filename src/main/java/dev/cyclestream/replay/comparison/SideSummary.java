package dev.cyclestream.replay.comparison;

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
record SideSummary(String name, long images, long others, long replaced, long scattered, List<String> gaps) {

    static SideSummary of(String topic, TopicIndex index, Replays replays) {
        return new SideSummary(
                topic,
                index.records(),
                index.others(),
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
