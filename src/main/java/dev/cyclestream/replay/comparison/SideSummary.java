package dev.cyclestream.replay.comparison;

/**
 * One side of a comparison.
 *
 * @param name of the topic, or path of the folder
 * @param images translated images, or files
 * @param others records that are none
 * @param replaced translations that a later one took the place of
 * @param scattered those of them in another partition than the one that was taken
 */
record SideSummary(String name, long images, long others, long replaced, long scattered) {

    static SideSummary of(String topic, TopicIndex index) {
        return new SideSummary(topic, index.records(), index.others(), index.replaced(), index.scattered());
    }
}
