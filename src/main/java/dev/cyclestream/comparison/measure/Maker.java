package dev.cyclestream.comparison.measure;

import dev.cyclestream.event.Provenance;
import java.util.Optional;

/**
 * The maker of translations, as their provenance names it.
 *
 * @param checkpoint file name
 * @param sha256 of the file
 * @param trainingRun that learned it
 * @param epoch passes over its data set
 * @param replay that they were written by; empty for live ones
 */
public record Maker(
        String checkpoint, String sha256, Optional<String> trainingRun, Optional<Long> epoch, Optional<String> replay) {

    static Maker of(Provenance provenance) {
        return new Maker(
                provenance.getCheckpointName(),
                provenance.getCheckpointSha256(),
                Optional.ofNullable(provenance.getTrainingRun()),
                Optional.ofNullable(provenance.getEpoch()),
                Optional.ofNullable(provenance.getReplay()));
    }
}
