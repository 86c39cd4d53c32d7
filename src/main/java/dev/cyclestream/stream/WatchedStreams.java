package dev.cyclestream.stream;

import dev.cyclestream.event.RegistryWatch;
import dev.cyclestream.kafka.MemberName;
import dev.cyclestream.progress.InstanceWatch;
import dev.cyclestream.stream.client.BoundedRun;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/**
 * The threads of an instance as they are watched.
 *
 * @param name of the instance
 * @param topics that they read
 * @param replay what bounds them; empty if nothing does
 * @param longestTransaction that they may have open
 */
record WatchedStreams(
        KafkaStreams streams,
        MemberName name,
        RegistryWatch registry,
        List<String> topics,
        Optional<BoundedRun> replay,
        Duration longestTransaction)
        implements InstanceWatch.Subject {

    @Override
    public Set<TopicPartition> partitions() {
        return partitions(streams);
    }

    @Override
    public boolean isOwnClient(String clientId) {
        return name.isOf(clientId);
    }

    @Override
    public long bound(TopicPartition partition) {
        return replay.map(run -> run.bound(partition.partition())).orElse(Long.MAX_VALUE);
    }

    @Override
    public Optional<String> stateUnlessRunning() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING ? Optional.empty() : Optional.of(state.name());
    }

    @Override
    public Optional<String> registryAway() {
        return registry.away();
    }

    static Set<TopicPartition> partitions(KafkaStreams streams) {
        return partitions(streams.metadataForLocalThreads().stream());
    }

    /** Those of the stream thread that asks. */
    static Collection<TopicPartition> partitionsOfThisThread(KafkaStreams streams) {
        String name = Thread.currentThread().getName();
        return partitions(streams.metadataForLocalThreads().stream()
                .filter(thread -> thread.threadName().equals(name)));
    }

    private static Set<TopicPartition> partitions(Stream<ThreadMetadata> threads) {
        return threads.flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .collect(Collectors.toSet());
    }
}
