package dev.cyclestream.rollout;

import java.util.Optional;

/**
 * The checkpoint of a record: a function of the activations of its partition, its offset and its key. No clock, no instance and no
 * order of arrival enters, so that a record that is read again gets the same one again.
 *
 * @param split that holds for the record; empty before the first activation of its partition: then the checkpoint works that did before the first split was announced
 * @param role of whoever translates it
 * @param activates whether the split begins to hold with this record
 */
public record Choice(Optional<Split> split, Role role, boolean activates) {

    /**
     * Chooses for a record.
     *
     * @param activations of the partition so far
     * @param available the newest split of the direction that this instance could work with; empty if there is none
     * @param key of the record; of one without a key the image id
     */
    public static Choice of(
            Schedule schedule, Activations activations, Optional<Split> available, long offset, byte[] key) {
        Optional<Split> beginning = available.filter(split -> activations.mayAdd(offset, split.number()));
        Optional<Split> holding = beginning.or(() -> activations.at(offset).stream()
                .mapToObj(number -> schedule.split(number)
                        .orElseThrow(() -> new IllegalStateException(
                                "split %d holds at offset %d and is not in the schedule".formatted(number, offset))))
                .findFirst());
        return new Choice(holding, holding.map(split -> split.role(key)).orElse(Role.STABLE), beginning.isPresent());
    }
}
