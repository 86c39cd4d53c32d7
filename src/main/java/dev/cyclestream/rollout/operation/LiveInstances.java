package dev.cyclestream.rollout.operation;

import dev.cyclestream.event.Direction;
import dev.cyclestream.kafka.Brokers;
import dev.cyclestream.kafka.MemberName;
import dev.cyclestream.rollout.InstanceReport;
import dev.cyclestream.rollout.InstancesTopic;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.RolloutRefusedException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;

/** The instances of an application that are members of its group now, and what they report. */
final class LiveInstances {

    /** Longer than an instance takes to find a topic that was just made. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Brokers brokers;
    private final InstancesTopic topic;
    private final String applicationId;

    LiveInstances(Brokers brokers, InstancesTopic topic, String applicationId) {
        this.brokers = brokers;
        this.topic = topic;
        this.applicationId = applicationId;
    }

    /** The names of all members of the group, each instance once. */
    Set<String> names() {
        return brokers.group(applicationId).map(ConsumerGroupDescription::members).stream()
                .flatMap(Collection::stream)
                .map(MemberDescription::clientId)
                .flatMap(clientId -> MemberName.ofClientId(clientId).stream())
                .map(MemberName::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The reports of those that have reported. */
    Map<String, InstanceReport> reports() {
        Map<String, InstanceReport> reports = new TreeMap<>(topic.read());
        reports.keySet().retainAll(names());
        return reports;
    }

    /**
     * The topics that the instances of a direction write.
     *
     * @throws RolloutRefusedException if none runs, or some do not report
     */
    Set<String> outputs(Direction direction) {
        Set<String> outputs = reportsOfAll().values().stream()
                .flatMap(report -> Stream.ofNullable(report.outputs().get(direction)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (outputs.isEmpty()) {
            throw noneRuns(direction);
        }
        return outputs;
    }

    private RolloutRefusedException noneRuns(Direction direction) {
        return new RolloutRefusedException("application %s: expected a running instance that translates %s, found none"
                .formatted(applicationId, direction));
    }

    /**
     * The checkpoint that all of them began with for a direction.
     *
     * @throws RolloutRefusedException if none runs, some do not report, or they began with different ones
     */
    NamedCheckpoint running(Direction direction) {
        Map<String, NamedCheckpoint> started = new TreeMap<>();
        reportsOfAll().forEach((name, report) -> {
            if (report.started().containsKey(direction)) {
                started.put(report.host(), report.started().get(direction));
            }
        });
        Map<String, NamedCheckpoint> distinct = new TreeMap<>();
        started.values().forEach(checkpoint -> distinct.putIfAbsent(checkpoint.sha256(), checkpoint));
        if (distinct.size() != 1) {
            if (distinct.isEmpty()) {
                throw noneRuns(direction);
            }
            throw new RolloutRefusedException(
                    "application %s: expected instances that translate %s with one checkpoint, found %s"
                            .formatted(applicationId, direction, started));
        }
        return distinct.values().iterator().next();
    }

    private Map<String, InstanceReport> reportsOfAll() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Set<String> names = names();
            Map<String, InstanceReport> reports = reports();
            Set<String> silent = new TreeSet<>(names);
            silent.removeAll(reports.keySet());
            if (silent.isEmpty()) {
                return reports;
            }
            if (System.nanoTime() > end) {
                throw new RolloutRefusedException(
                        "application %s: expected each of its %d instances to report within %d s, found %d that do not, such as %s; are they of a version that knows roll-outs?"
                                .formatted(
                                        applicationId,
                                        names.size(),
                                        PATIENCE.toSeconds(),
                                        silent.size(),
                                        silent.iterator().next()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
