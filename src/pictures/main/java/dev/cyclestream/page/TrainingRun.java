package dev.cyclestream.page;

import java.util.List;

/**
 * The content of a page on a run of training.
 *
 * @param warnings sentences, oldest first
 * @param samples in order, the newest last
 * @param losses plots, none before the first step
 * @param evaluation plots, none where nothing was evaluated
 * @param settings the run's options, each with its name as the label
 */
public record TrainingRun(
        String title,
        List<Fact> facts,
        List<String> warnings,
        List<Sample> samples,
        List<LinePlot> losses,
        List<LinePlot> evaluation,
        List<Fact> settings) {

    public TrainingRun {
        facts = List.copyOf(facts);
        warnings = List.copyOf(warnings);
        samples = List.copyOf(samples);
        losses = List.copyOf(losses);
        evaluation = List.copyOf(evaluation);
        settings = List.copyOf(settings);
    }

    /**
     * A grid of samples.
     *
     * @param source URI that holds the image itself
     */
    public record Sample(long step, String source) {}

    /** Only the newest is seen until somebody moves the slider. */
    boolean isNewest(Sample sample) {
        return sample.step() == samples.get(samples.size() - 1).step();
    }
}
