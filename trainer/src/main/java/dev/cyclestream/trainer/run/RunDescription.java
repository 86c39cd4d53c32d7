package dev.cyclestream.trainer.run;

import dev.cyclestream.trainer.model.TrainingSettings;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The description of a run, as {@code run.json} in its folder says it.
 *
 * @param runId unique name of the run
 * @param toolVersion version of the trainer that began it
 * @param dataSet folder of the data set
 * @param dataSetFingerprint SHA-256 of the training images
 * @param epochLength steps after which every training image was seen
 * @param stepsBefore steps that the networks had learned in other runs before this one began; 0 if they knew nothing
 * @param options the options of the command line that settings come from, by their names
 * @param settings all that decides what is computed
 */
public record RunDescription(
        String runId,
        String toolVersion,
        String dataSet,
        String dataSetFingerprint,
        int epochLength,
        long stepsBefore,
        Map<String, String> options,
        TrainingSettings settings) {

    public RunDescription {
        Objects.requireNonNull(options, "options are missing");
        Objects.requireNonNull(settings, "settings are missing");
        if (epochLength < 1) {
            throw new IllegalArgumentException("epochLength: expected at least 1, found " + epochLength);
        }
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }
}
