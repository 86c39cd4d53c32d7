package dev.cyclestream.rollout;

import dev.cyclestream.event.Direction;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of one instance in a roll-out, as it tells operators.
 *
 * @param instance name of its members in the group, without the threads
 * @param host that it runs on
 * @param started the checkpoints that it was started with
 * @param inputs the topic that each direction reads
 * @param outputs the topic that each direction writes
 * @param available number of the newest split of each direction with which it could work
 * @param loaded SHA-256 of the checkpoints that are loaded
 * @param failures by SHA-256, why checkpoints that it should load are not
 */
public record InstanceReport(
        String instance,
        String host,
        Map<Direction, NamedCheckpoint> started,
        Map<Direction, String> inputs,
        Map<Direction, String> outputs,
        Map<Direction, Long> available,
        Set<String> loaded,
        Map<String, String> failures) {

    public InstanceReport {
        started = new TreeMap<>(started);
        inputs = new TreeMap<>(inputs);
        outputs = new TreeMap<>(outputs);
        available = new TreeMap<>(available);
        loaded = new TreeSet<>(loaded);
        failures = new TreeMap<>(failures);
    }
}
