package dev.cyclestream.rollout.live;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.MemberName;
import dev.cyclestream.rollout.ActivationsTopic;
import dev.cyclestream.rollout.HostName;
import dev.cyclestream.rollout.InstanceReport;
import dev.cyclestream.rollout.InstancesTopic;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.live.TranslatorPool.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part that an instance takes in roll-outs: it follows the schedule, loads what that names beside the stream, and chooses the
 * translators of each record. It owns all translators.
 */
public final class InstanceRollout implements AutoCloseable {

    /** The time for which a record waits in place: an open transaction goes on meanwhile, and must not become too old. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOGGER = LoggerFactory.getLogger(InstanceRollout.class);
    private static final String HOST = HostName.own();

    private final TranslatorPool pool = new TranslatorPool();
    private final Map<Direction, NamedCheckpoint> started = new EnumMap<>(Direction.class);
    private final Map<Direction, String> inputs = new EnumMap<>(Direction.class);
    private final Map<Direction, String> outputs = new EnumMap<>(Direction.class);
    private final LoadedSplits splits;
    private final ScheduleFollower follower;
    private final ActivationsTopic activations;
    private final ShadowTopics shadows;
    private final InstancesTopic instances;
    private final SplitsInForce inForce = new SplitsInForce();
    private volatile String name = "";

    public InstanceRollout(KafkaConnection connection, String applicationId, CheckpointLoading loading) {
        splits = new LoadedSplits(pool, loading);
        instances = new InstancesTopic(connection, applicationId);
        follower = new ScheduleFollower(connection, applicationId, this::load);
        activations = new ActivationsTopic(connection, applicationId);
        shadows = new ShadowTopics(connection, outputs);
    }

    /**
     * Takes over a translator that the instance begins with; it translates its direction as long as nothing is announced.
     *
     * @param file of its checkpoint
     * @param inputTopic that the direction reads
     * @param outputTopic that it writes
     */
    public void begin(ImageTranslator translator, Path file, String inputTopic, String outputTopic) {
        NamedCheckpoint named = NamedCheckpoint.of(
                translator.checkpoint(),
                file.toAbsolutePath().normalize().toUri().toString());
        started.put(translator.direction(), named);
        inputs.put(translator.direction(), inputTopic);
        outputs.put(translator.direction(), outputTopic);
        splits.begin(named, translator);
    }

    /** The translators of each record, by the schedule. */
    public Translators translators() {
        return inForce.of(new LiveTranslators(follower, splits, pool, activations, shadows, started, PATIENCE));
    }

    /**
     * Reads the schedule, and begins to follow it; all directions have begun.
     *
     * @param member name of this instance's members in the group
     * @param check of each split before this instance works by it
     */
    public void start(MemberName member, SplitCheck check) {
        name = member.value();
        splits.check(check);
        follower.start();
        started.forEach((direction, named) -> follower.schedule()
                .latest(direction)
                .filter(split -> !split.stable().sha256().equals(named.sha256()))
                .ifPresent(split -> LOGGER.info(
                        "{}: the schedule is at split {}, by which {} is stable; {}, which this instance was started with, is not used",
                        direction,
                        split.number(),
                        split.stable(),
                        named)));
    }

    /** Lends the translator that is stable in a direction now; empty if the instance does not translate it, or it is not loaded. */
    public Optional<Lease> lendStable(Direction direction) {
        return Optional.ofNullable(started.get(direction))
                .map(begun -> splits.available(direction).map(Split::stable).orElse(begun))
                .flatMap(stable -> pool.lend(stable));
    }

    /** The state of the instance, for whoever watches it. */
    public RolloutState state() {
        Schedule schedule = follower.schedule();
        Map<Direction, Long> announced = new EnumMap<>(Direction.class);
        Map<Direction, Long> available = new EnumMap<>(Direction.class);
        started.keySet().forEach(direction -> {
            announced.put(
                    direction, schedule.latest(direction).map(Split::number).orElse(0L));
            available.put(
                    direction, splits.available(direction).map(Split::number).orElse(0L));
        });
        return new RolloutState(
                pool.translators().stream()
                        .map(translator -> loaded(translator, schedule))
                        .toList(),
                announced,
                available,
                inForce.now(),
                splits.failures().keySet());
    }

    private RolloutState.Loaded loaded(ImageTranslator translator, Schedule schedule) {
        String sha256 = translator.checkpoint().sha256();
        Direction direction = translator.direction();
        return RolloutState.Loaded.of(
                translator,
                RolloutState.role(
                        sha256, direction, started.get(direction).sha256(), splits.available(direction), schedule));
    }

    private void load(Schedule schedule) {
        shadows.look(schedule); // before a split is available that needs them
        splits.load(schedule);
        instances.say(new InstanceReport(
                name, HOST, started, inputs, outputs, splits.available(), sha256s(pool.loaded()), splits.failures()));
    }

    private static Set<String> sha256s(Set<NamedCheckpoint> checkpoints) {
        return checkpoints.stream().map(NamedCheckpoint::sha256).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        follower.close();
        instances.forget(name);
        instances.close();
        activations.close();
        pool.close();
    }
}
