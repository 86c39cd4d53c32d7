package dev.cyclestream.stream;

import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.storage.ImageStores;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * What happens to an image event: for each route one sub-topology, read, translate, write. Keys, headers and timestamps
 * pass through.
 */
public final class TranslationTopology {

    private TranslationTopology() {}

    /**
     * Builds the topology.
     *
     * @param routes one for each direction that runs
     * @param stores images that are not in records
     * @param outputLimits how large a record each output topic takes
     */
    public static Topology build(
            List<Route> routes, EventSerdes serdes, OutputLimits outputLimits, ImageStores stores) {
        return build(routes, serdes, outputLimits, stores, Optional.empty());
    }

    /** Builds the topology for a run that may be a replay; see {@link #build(List, EventSerdes, OutputLimits, ImageStores)}. */
    static Topology build(
            List<Route> routes,
            EventSerdes serdes,
            OutputLimits outputLimits,
            ImageStores stores,
            Optional<BoundedRun> replay) {
        Serde<ImageEvent> imageEvents = serdes.imageEvents();
        Serde<TranslatedImage> translatedImages = serdes.translatedImages();
        StreamsBuilder builder = new StreamsBuilder();
        for (Route route : routes) {
            String name = route.translator().direction().name();
            int limit = outputLimits.maxImageBytes(route.outputTopic());
            builder.stream(
                            route.inputTopic(),
                            Consumed.with(Serdes.ByteArray(), imageEvents).withName("read-" + name))
                    .process(
                            () -> new TranslationProcessor(route.translator(), stores, limit, replay),
                            Named.as("translate-" + name))
                    .to(
                            route.outputTopic(),
                            Produced.with(Serdes.ByteArray(), translatedImages, partitioner())
                                    .withName("write-" + name));
        }
        return builder.build();
    }

    /**
     * Keeps the images of an input partition together and in order: with as many output partitions as input partitions,
     * each goes to the partition of the same number.
     */
    private static StreamPartitioner<byte[], TranslatedImage> partitioner() {
        return (topic, key, image, partitions) ->
                Optional.of(Set.of(image.getProvenance().getSourcePartition() % partitions));
    }
}
