package dev.cyclestream.comparison.pairing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells source topics of one name apart by their ids. What earlier versions made names no id: it belongs to the first topic of its
 * name that its own side knows, otherwise to the first that the other side knows.
 */
public final class SourceTopics {

    private final Both<Map<String, List<String>>> ids;

    /** @param ids of the topics of each name on either side, in the order in which their translations came */
    SourceTopics(Both<Map<String, List<String>>> ids) {
        this.ids = ids;
    }

    /** Both sides, the translations of each source topic under one name; settled. */
    public static Both<TopicIndex> tellApart(Both<TopicIndex> indices) {
        SourceTopics topics = new SourceTopics(indices.map(TopicIndex::topicIds));
        indices.ofOld().settle(source -> topics.name(topics.ids.ofOld(), source));
        indices.ofNew().settle(source -> topics.name(topics.ids.ofNew(), source));
        return indices;
    }

    /** The source as both sides call it: with an id only if there is more than one topic of the name. */
    private SourcePartition name(Map<String, List<String>> ofSide, SourcePartition source) {
        Set<String> known = new LinkedHashSet<>(ofSide.getOrDefault(source.topic(), List.of()));
        known.addAll(ids.ofOld().getOrDefault(source.topic(), List.of()));
        known.addAll(ids.ofNew().getOrDefault(source.topic(), List.of()));
        if (known.size() < 2) {
            return source.withTopicId(Optional.empty());
        }
        return source.topicId().isPresent()
                ? source
                : source.withTopicId(Optional.of(known.iterator().next()));
    }
}
