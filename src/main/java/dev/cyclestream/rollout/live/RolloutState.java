package dev.cyclestream.rollout.live;

import dev.cyclestream.checkpoint.CheckpointMetadata;
import dev.cyclestream.checkpoint.CycleErrors;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.Role;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of an instance in roll-outs at one moment, for whoever watches it.
 *
 * @param loaded checkpoints that are in memory
 * @param announced number of the newest split of each direction that the instance translates, as far as it knows; 0 if there is none
 * @param available number of the newest split with which it could work; 0 if there is none
 * @param inForce number of the split that made the last result of each partition; 0 if none was announced then
 * @param notLoaded SHA-256 of the checkpoints that it could not load
 */
public record RolloutState(
        List<Loaded> loaded,
        Map<Direction, Long> announced,
        Map<Direction, Long> available,
        Map<InForce, Long> inForce,
        Set<String> notLoaded) {

    /**
     * A checkpoint in memory.
     *
     * @param baseline its cycle errors on held-out pictures, if it says them
     * @param role in the newest split that is available; empty if that does not name it, and partitions need it that have not switched
     */
    public record Loaded(
            Direction direction,
            String name,
            String sha256,
            String device,
            Optional<CycleErrors> baseline,
            Optional<Role> role) {

        public static Loaded of(ImageTranslator translator, Optional<Role> role) {
            return new Loaded(
                    translator.direction(),
                    translator.checkpoint().name(),
                    translator.checkpoint().sha256(),
                    translator.device(),
                    translator.checkpoint().metadata().flatMap(CheckpointMetadata::cycleErrors),
                    role);
        }
    }

    /** A partition that the instance reads, and the direction in which it translates it. */
    public record InForce(Direction direction, String topic, int partition) {}

    /**
     * The part of a checkpoint that is loaded.
     *
     * @param started SHA-256 of the checkpoint that works as long as nothing is announced
     * @param available the newest split with which the instance could work
     */
    static Optional<Role> role(
            String sha256, Direction direction, String started, Optional<Split> available, Schedule schedule) {
        if (available.isEmpty() && sha256.equals(started)) {
            return Optional.of(Role.STABLE);
        }
        return available
                .flatMap(split -> role(sha256, split))
                .or(() -> schedule.latest(direction).flatMap(split -> role(sha256, split)));
    }

    private static Optional<Role> role(String sha256, Split split) {
        if (split.stable().sha256().equals(sha256)) {
            return Optional.of(Role.STABLE);
        }
        return split.candidate()
                .filter(candidate -> candidate.checkpoint().sha256().equals(sha256))
                .map(candidate -> candidate.share() > 0 ? Role.CANDIDATE : Role.SHADOW);
    }
}
