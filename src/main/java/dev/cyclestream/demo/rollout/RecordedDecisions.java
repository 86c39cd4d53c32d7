package dev.cyclestream.demo.rollout;

import dev.cyclestream.demo.rollout.MadeImage.Position;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.Activations;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.Role;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The decisions that are on record: the schedule, and the activations of each partition. The demo holds every image against them. */
final class RecordedDecisions {

    private final Schedule schedule;
    private final Map<Integer, Activations> activations = new HashMap<>();
    private final NamedCheckpoint started;

    /** @param started the checkpoint that worked before the first split */
    RecordedDecisions(Schedule schedule, List<Activation> activations, NamedCheckpoint started) {
        this.schedule = schedule;
        this.started = started;
        activations.forEach(activation -> this.activations
                .computeIfAbsent(activation.partition(), partition -> new Activations())
                .add(activation.offset(), activation.split()));
    }

    Schedule schedule() {
        return schedule;
    }

    NamedCheckpoint started() {
        return started;
    }

    /** The offset from which a split holds in a partition; empty if it never has. */
    OptionalLong border(int partition, long split) {
        return activations.containsKey(partition) ? activations.get(partition).offsetOf(split) : OptionalLong.empty();
    }

    /** True if the candidate translates what is in this place, too, for the topic of shadows. */
    boolean isShadowed(Position position, String imageId) {
        return split(position)
                .filter(split -> split.isShadowed(split.role(key(imageId))))
                .isPresent();
    }

    private Optional<Split> split(Position position) {
        return Optional.ofNullable(activations.get(position.partition()))
                .map(known -> known.at(position.offset()))
                .filter(OptionalLong::isPresent)
                .map(number -> schedule.split(number.getAsLong())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "%s: split %d is not in the schedule".formatted(position, number.getAsLong()))));
    }

    /** The key of an image: the demo sends each with its id as key. */
    private static byte[] key(String imageId) {
        return imageId.getBytes(StandardCharsets.UTF_8);
    }

    private Decision decision(MadeImage image) {
        return split(image.position())
                .map(split -> decision(split, split.role(key(image.imageId()))))
                .orElseGet(() -> new Decision(Decision.NO_SPLIT, "", started.sha256()));
    }

    private static Decision decision(Split split, Role role) {
        return new Decision(
                split.number(), role.toString(), split.checkpoint(role).sha256());
    }

    /**
     * Holds images against the record.
     *
     * @return a line for each that was made in another way, is there twice, or is missing
     */
    List<String> disagreements(List<MadeImage> results, List<MadeImage> shadows) {
        List<String> lines = new ArrayList<>();
        Set<Position> expectedShadows = new TreeSet<>();
        Set<Position> seen = new TreeSet<>();
        for (MadeImage result : results) {
            compare(result, decision(result), lines);
            if (!seen.add(result.position())) {
                lines.add("%s: expected one result, found two".formatted(result.position()));
            }
            if (isShadowed(result.position(), result.imageId())) {
                expectedShadows.add(result.position());
            }
        }
        for (MadeImage shadow : shadows) {
            if (expectedShadows.remove(shadow.position())) {
                compare(shadow, decision(split(shadow.position()).orElseThrow(), Role.SHADOW), lines);
            } else {
                lines.add("%s: expected no shadow, found one more".formatted(shadow.position()));
            }
        }
        expectedShadows.forEach(position -> lines.add("%s: expected a shadow, found none".formatted(position)));
        return lines;
    }

    private static void compare(MadeImage image, Decision expected, List<String> lines) {
        if (!image.decision().equals(expected)) {
            lines.add("%s (%s): expected %s, as it is on record, found %s"
                    .formatted(image.position(), image.imageId(), expected, image.decision()));
        }
    }
}
