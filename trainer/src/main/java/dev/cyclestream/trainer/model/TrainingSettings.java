package dev.cyclestream.trainer.model;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.pytorch.Adam;
import java.util.List;

/**
 * All that decides what a training run computes: two runs with equal settings and data learn the same weights.
 *
 * @param startedFrom SHA-256 of the files that networks begin with; none where they begin with fresh weights
 * @param steps length of the run; each step takes one batch of each domain
 */
public record TrainingSettings(
        Architecture architecture,
        Objective objective,
        Optimization optimization,
        Images images,
        Seed seed,
        List<String> startedFrom,
        long steps) {

    public TrainingSettings {
        startedFrom = startedFrom == null ? List.of() : List.copyOf(startedFrom); // earlier versions left it out
        if (steps < 1) {
            throw new WrongSetUpException("steps: expected at least 1, found " + steps);
        }
    }

    /** The settings of the same run if it were longer or shorter, the learning rates of its steps unchanged. */
    public TrainingSettings withSteps(long otherSteps) {
        return new TrainingSettings(architecture, objective, optimization, images, seed, startedFrom, otherSteps);
    }

    /**
     * The movement of weights.
     *
     * @param betas of Adam
     * @param schedule learning rate over the whole run
     * @param averageDecay how much of the generators' moving average a step keeps, 0 up to but not 1; 0 keeps no average
     */
    public record Optimization(Adam.Betas betas, LearningRateSchedule schedule, double averageDecay) {

        public Optimization {
            if (!(averageDecay >= 0 && averageDecay < 1)) {
                throw new WrongSetUpException(
                        "average decay: expected 0 <= decay < 1, found %s".formatted(averageDecay));
            }
        }
    }

    /**
     * The images that the networks are shown.
     *
     * @param augmentation how pictures become training images
     * @param batchSize images of each domain in a step; 1 in the paper
     * @param poolSize old fakes that are kept for each discriminator
     * @param discriminatorAugmentation what is done to real and fake images alike before a discriminator sees them
     */
    public record Images(
            Augmentation augmentation,
            int batchSize,
            int poolSize,
            DiscriminatorAugmentation discriminatorAugmentation) {

        public Images {
            if (batchSize < 1) {
                throw new WrongSetUpException("batch size: expected at least 1, found " + batchSize);
            }
            if (batchSize > 1 && !augmentation.preprocessing().crops()) {
                throw new WrongSetUpException(
                        "--batch-size: expected 1 with --preprocessing %s, which leaves images of different sizes, found %d"
                                .formatted(augmentation.preprocessing(), batchSize));
            }
        }
    }
}
