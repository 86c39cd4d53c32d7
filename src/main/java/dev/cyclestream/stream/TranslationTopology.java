package dev.cyclestream.stream;

import dev.cyclestream.deadletter.MissingPartitionException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * The topology that an image event runs through: for each route one sub-topology, read, translate, write. Keys, headers and
 * timestamps pass through.
 */
public final class TranslationTopology {

    private TranslationTopology() {}

    /**
     * Builds the topology.
     *
     * @param routes one for each direction that runs
     * @param parts of each route's processor
     */
    static Topology build(List<Route> routes, ProcessorParts parts) {
        StreamsBuilder builder = new StreamsBuilder();
        for (Route route : routes) {
            String name = route.translator().direction().name();
            builder.stream(
                            route.inputTopic(),
                            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                    .withName("read-" + name)
                                    // said by the source, so that a consumer that finds records deleted says so first
                                    .withOffsetResetPolicy(AutoOffsetReset.earliest()))
                    .process(() -> new TranslationProcessor(route, parts), Named.as("translate-" + name))
                    .to(
                            (key, result, context) -> result.topic(),
                            Produced.with(Serdes.ByteArray(), results(), partitioner(route))
                                    .withName("write-" + name));
        }
        return builder.build();
    }

    /**
     * Keeps the images of an input partition together and in order: each goes to the partition of the same number. Where
     * partitions were added to the input alone, the consumer does not read the new ones before the output has as
     * many.
     */
    private static StreamPartitioner<byte[], Result> partitioner(Route route) {
        return (topic, key, result, partitions) -> {
            if (!topic.equals(route.outputTopic())) {
                return Optional.of(Set.of(result.sourcePartition() % partitions));
            }
            if (result.sourcePartition() >= partitions) {
                throw new MissingPartitionException(
                        route.inputTopic(), route.outputTopic(), result.sourcePartition(), partitions);
            }
            return Optional.of(Set.of(result.sourcePartition()));
        };
    }

    /** Results are written as the bytes that they are; nothing reads them here. */
    private static Serde<Result> results() {
        return Serdes.serdeFrom((topic, result) -> result.toBytes(), (topic, bytes) -> {
            throw new UnsupportedOperationException("results are not read");
        });
    }
}
