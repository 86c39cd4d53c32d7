package dev.cyclestream.comparison;

import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.FolderPairs;
import dev.cyclestream.comparison.pairing.Inputs;
import dev.cyclestream.comparison.pairing.OutputLocation;
import dev.cyclestream.comparison.pairing.OutputLocation.InFolder;
import dev.cyclestream.comparison.pairing.OutputLocation.InTopic;
import dev.cyclestream.comparison.pairing.PairSource;
import dev.cyclestream.comparison.pairing.Replays;
import dev.cyclestream.comparison.pairing.SourceTopics;
import dev.cyclestream.comparison.pairing.TopicIndex;
import dev.cyclestream.comparison.pairing.TopicPairs;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.TopicRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Opens the outputs that are to be compared, and reads them for the first time. */
public final class ComparedOutputs {

    private final KafkaConnection connection;
    private final ImageStores stores;
    private final Replays replays;

    /** Is told how the first reading goes. */
    public interface Reading {

        /** A topic is begun; it has so many records at most. */
        void begins(String topic, long records);

        /** So many records of it are read. */
        void read(long records);

        /** Tells nobody. */
        Reading SILENT = new Reading() {
            @Override
            public void begins(String topic, long records) {}

            @Override
            public void read(long records) {}
        };
    }

    /**
     * Reads from a cluster.
     *
     * @param stores images that are not in records
     * @param replays those that wrote to the topics
     */
    public ComparedOutputs(KafkaConnection connection, ImageStores stores, Replays replays) {
        this.connection = connection;
        this.stores = stores;
        this.replays = replays;
    }

    /**
     * Opens both sides; what is in the topics by now is compared, what comes later is not.
     *
     * @throws dev.cyclestream.kafka.MissingTopicException if there is no such topic
     * @throws IllegalArgumentException if both are folders
     */
    public Comparison open(OutputLocation old, OutputLocation newer, ComparisonSettings settings, Reading reading)
            throws IOException {
        List<String> topics = Stream.of(old, newer)
                .filter(InTopic.class::isInstance)
                .map(side -> ((InTopic) side).topic())
                .distinct()
                .toList();
        if (topics.isEmpty()) {
            throw new IllegalArgumentException(
                    "OLD, NEW: expected at least one topic, since folders say of no image where its input was, found two folders");
        }
        try (Topics cluster = new Topics(connection)) {
            cluster.require(topics);
        }
        if (old instanceof InTopic oldTopic && newer instanceof InTopic newTopic) {
            return new Comparison(topics(new Both<>(oldTopic, newTopic), reading), settings);
        }
        Path folder = old instanceof InFolder oldFolder ? oldFolder.path() : ((InFolder) newer).path();
        return new Comparison(folder(topics.get(0), folder, old instanceof InFolder, reading), settings);
    }

    /** Both ends are looked up before either topic is read. */
    private PairSource topics(Both<InTopic> places, Reading reading) {
        Both<TopicRecords> topics = places.map(place -> new TopicRecords(connection, place.topic()));
        try {
            Both<TopicIndex> indices = SourceTopics.tellApart(new Both<>(
                    index(topics.ofOld(), places.ofOld(), reading), index(topics.ofNew(), places.ofNew(), reading)));
            return new TopicPairs(topics, indices, new Inputs(connection, stores), stores, replays);
        } catch (RuntimeException e) {
            topics.ofOld().close();
            topics.ofNew().close();
            throw e;
        }
    }

    private static TopicIndex index(TopicRecords topic, InTopic place, Reading reading) {
        return TopicIndex.of(topic, place.split(), progress(topic, reading));
    }

    private PairSource folder(String name, Path folder, boolean folderIsOld, Reading reading) throws IOException {
        TopicRecords topic = new TopicRecords(connection, name);
        try {
            return new FolderPairs(
                    topic,
                    new FolderPairs.Folder(folder, folderIsOld),
                    new Inputs(connection, stores),
                    stores,
                    replays,
                    progress(topic, reading));
        } catch (RuntimeException | IOException e) {
            topic.close();
            throw e;
        }
    }

    private static LongConsumer progress(TopicRecords topic, Reading reading) {
        reading.begins(topic.topic(), topic.extent());
        return reading::read;
    }
}
