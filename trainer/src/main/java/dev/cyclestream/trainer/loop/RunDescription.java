package dev.cyclestream.trainer.loop;

/**
 * What a run is, as {@code run.json} in its folder says it.
 *
 * @param runId unique name of the run
 * @param toolVersion version of the trainer that began it
 * @param dataSet folder of the data set
 * @param dataSetFingerprint SHA-256 of the training images
 * @param epochLength steps after which every training image was seen
 * @param settings all that decides what is computed
 */
public record RunDescription(
        String runId,
        String toolVersion,
        String dataSet,
        String dataSetFingerprint,
        int epochLength,
        TrainingSettings settings) {}
