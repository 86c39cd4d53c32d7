package dev.cyclestream.trainer.loop;

import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.optimizer.Adam;
import dev.cyclestream.trainer.optimizer.LinearDecay;

/** All that decides what a training run computes: two runs with equal settings and data learn the same weights. */
public record TrainingSettings(
        Architecture architecture, Objective objective, Optimization optimization, Images images, Seed seed) {

    /** How weights move: Adam's betas, and the learning rate over the whole run. */
    public record Optimization(Adam.Betas betas, LinearDecay schedule) {}

    /** What the networks are shown: how images are cut, and how many old fakes each discriminator's pool keeps. */
    public record Images(Augmentation augmentation, int poolSize) {}

    /** Length of the run; each step takes one image of each domain. */
    public long steps() {
        return optimization.schedule().steps();
    }
}
