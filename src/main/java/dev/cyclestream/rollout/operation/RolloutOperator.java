package dev.cyclestream.rollout.operation;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.event.Direction;
import dev.cyclestream.kafka.Brokers;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.MissingTopicException;
import dev.cyclestream.process.TemporaryFolder;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.ActivationsTopic;
import dev.cyclestream.rollout.Announcement.Action;
import dev.cyclestream.rollout.InstanceReport;
import dev.cyclestream.rollout.InstancesTopic;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.RolloutRefusedException;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.rollout.ScheduleTopic;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.storage.FileFetch;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** An operator of an application's roll-outs. */
public final class RolloutOperator implements AutoCloseable {

    private static final int SALT_BYTES = 4;

    private final KafkaConnection connection;
    private final String applicationId;
    private final Brokers brokers;
    private final InstancesTopic instancesTopic;
    private final LiveInstances instances;
    private final ScheduleTopic schedule;
    private final ActivationsTopic activations;
    private final String by;

    /** @param by user and machine, for the history */
    public RolloutOperator(KafkaConnection connection, String applicationId, String by) {
        this.connection = connection;
        this.applicationId = applicationId;
        this.by = by;
        brokers = new Brokers(connection);
        instancesTopic = new InstancesTopic(connection, applicationId);
        instances = new LiveInstances(brokers, instancesTopic, applicationId);
        schedule = new ScheduleTopic(connection, applicationId);
        activations = new ActivationsTopic(connection, applicationId);
    }

    /** All that was announced. */
    public Schedule schedule() {
        return schedule.read();
    }

    /** The instances that run now, by name, as far as they report. */
    public Map<String, InstanceReport> instances() {
        return instances.reports();
    }

    /**
     * Announces a candidate, or another share of the one that is on trial.
     *
     * @param source of its file, which all instances can read: {@code file:} or {@code s3:}
     * @param fetch brings it here, to see what it is
     * @throws RolloutRefusedException if it cannot follow
     * @throws dev.cyclestream.checkpoint.InvalidCheckpointException if it is no checkpoint of this direction
     */
    public Split start(Direction direction, URI source, FileFetch fetch, Trial trial) throws IOException {
        CompletableFuture<Integer> partitions =
                CompletableFuture.supplyAsync(this::inputPartitions); // beside the fetch
        NamedCheckpoint candidate = named(direction, source, fetch);
        RolloutTopics.makeMissing(connection, applicationId, answer(partitions));
        if (trial.shadow()) {
            instances.outputs(direction).forEach(output -> RolloutTopics.makeShadow(connection, output));
        }
        return schedule.announce(
                Action.START,
                by,
                before -> before.start(direction, () -> instances.running(direction), candidate, trial, salt()));
    }

    private static NamedCheckpoint named(Direction direction, URI source, FileFetch fetch) throws IOException {
        Path path = Path.of(source.getPath());
        Path file = TemporaryFolder.path().resolve("candidate.onnx");
        try {
            var unused = fetch.bring(source, file);
            try (InputStream content = Files.newInputStream(file)) {
                Checkpoint checkpoint =
                        Checkpoint.open(path.getFileName().toString(), content).requireDirection(direction);
                requireOurForm(checkpoint);
                return NamedCheckpoint.of(checkpoint, source.toString());
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Another project's generator has no self-test, and one that ends its process would end all instances at once. */
    private static void requireOurForm(Checkpoint checkpoint) {
        if (checkpoint.metadata().isEmpty()) {
            throw new RolloutRefusedException(
                    "%s: expected a checkpoint with a self-test, found a generator of another project; adopt tries it and gives it one"
                            .formatted(checkpoint.name()));
        }
    }

    /** Of the topic that has the most, of those that members of the group read. */
    private int inputPartitions() {
        return brokers.group(applicationId).stream()
                .flatMap(group -> group.members().stream())
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .mapToInt(partition -> partition.partition() + 1)
                .max()
                .orElse(1);
    }

    private static <T> T answer(CompletableFuture<T> question) {
        try {
            return question.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static String salt() {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    /**
     * Announces that the candidate is stable.
     *
     * @throws RolloutRefusedException if none is on trial, or instances run and none of them could work by it
     */
    public Split promote(Direction direction) {
        return schedule.announce(Action.PROMOTE, by, before -> {
            Split next = before.promote(direction);
            before.latest(direction).ifPresent(this::requireAvailableSomewhere);
            return next;
        });
    }

    private void requireAvailableSomewhere(Split trial) {
        List<InstanceReport> reports = instances().values().stream()
                .filter(report -> report.inputs().containsKey(trial.direction()))
                .toList();
        boolean available = reports.stream()
                .anyMatch(report -> report.available().getOrDefault(trial.direction(), 0L) >= trial.number());
        if (!reports.isEmpty() && !available) {
            Set<String> reasons = reports.stream()
                    .flatMap(report -> report.failures().values().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            throw new RolloutRefusedException(
                    "%s: expected an instance that has loaded the candidate, found none of %d%s"
                            .formatted(
                                    trial.direction(),
                                    reports.size(),
                                    reasons.isEmpty() ? "" : ": " + String.join("; ", reasons)));
        }
    }

    /** Announces that the candidate goes, or that the earlier stable checkpoint comes back. */
    public Split rollBack(Direction direction) {
        return schedule.announce(Action.ROLL_BACK, by, before -> before.rollBack(direction));
    }

    /**
     * The topic that the instances of a direction write.
     *
     * @throws RolloutRefusedException if none runs, some do not report, or they write several
     */
    public String output(Direction direction) {
        Set<String> outputs = instances.outputs(direction);
        if (outputs.size() > 1) {
            throw new RolloutRefusedException("application %s: expected results of %s in one topic, found %s"
                    .formatted(applicationId, direction, outputs));
        }
        return outputs.iterator().next();
    }

    /**
     * Announces what the judgement of a trial says: that the candidate is stable, or that it goes.
     *
     * @param judged the split under which it worked
     * @throws RolloutRefusedException if another split was announced meanwhile
     */
    public Split conclude(Split judged, boolean passed) {
        return schedule.announce(passed ? Action.PROMOTE : Action.ROLL_BACK, by, before -> {
            Direction direction = judged.direction();
            long newest = before.latest(direction).map(Split::number).orElse(0L);
            if (newest != judged.number()) {
                throw new RolloutRefusedException("%s: split %d was judged, and split %d was announced meanwhile"
                        .formatted(direction, judged.number(), newest));
            }
            return passed ? before.promote(direction) : before.rollBack(direction);
        });
    }

    /** The states of all partitions that a direction reads, by the instances that run, or by what was decided before. */
    public List<PartitionState> partitions(Direction direction) {
        TopicDescription input = input(direction);
        List<TopicPartition> partitions = input.partitions().stream()
                .map(partition -> new TopicPartition(input.name(), partition.partition()))
                .toList();
        Map<TopicPartition, Long> committed = brokers.committed(applicationId, true);
        Map<TopicPartition, Long> beginnings = brokers.offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = brokers.offsets(partitions, OffsetSpec.latest());
        return partitions.stream()
                .map(partition -> new PartitionState(
                        partition.partition(),
                        committed.getOrDefault(partition, beginnings.get(partition)),
                        ends.get(partition),
                        activations.of(partition, input.topicId().toString())))
                .toList();
    }

    private TopicDescription input(Direction direction) {
        String name = instances().values().stream()
                .flatMap(report -> Stream.ofNullable(report.inputs().get(direction)))
                .findFirst()
                .orElseThrow(() -> new RolloutRefusedException(
                        "application %s: expected a running instance that translates %s, found none"
                                .formatted(applicationId, direction)));
        TopicDescription input = brokers.topics(List.of(name)).get(name);
        if (input == null) {
            throw new MissingTopicException("application %s: expected topic %s, which its instances read, found none"
                    .formatted(applicationId, name));
        }
        return input;
    }

    /** All activations that were committed. */
    public List<Activation> activations() {
        return activations.all();
    }

    @Override
    public void close() {
        activations.close();
        instancesTopic.close();
        brokers.close();
    }
}
