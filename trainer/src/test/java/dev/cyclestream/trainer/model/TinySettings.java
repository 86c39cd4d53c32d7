package dev.cyclestream.trainer.model;

import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation.Change;
import dev.cyclestream.trainer.data.Preprocessing;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.AdversarialLoss;
import dev.cyclestream.trainer.loss.LossTerms;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.loss.PixelDistance;
import dev.cyclestream.trainer.loss.Weights;
import dev.cyclestream.trainer.model.TrainingSettings.Images;
import dev.cyclestream.trainer.model.TrainingSettings.Optimization;
import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.network.PatchDiscriminator;
import dev.cyclestream.trainer.network.ResnetGenerator;
import dev.cyclestream.trainer.pytorch.Adam;
import java.util.List;

/** Settings of runs that take no time: a tiny model, a few steps, everything switched on. */
public final class TinySettings {

    public static final int STEPS = 6;
    public static final TrainingSettings SETTINGS = settings(1);

    private TinySettings() {}

    public static TrainingSettings settings(long seed) {
        return new TrainingSettings(
                new Architecture(ResnetGenerator.ofPaper(2, 1), new PatchDiscriminator(2, 2)),
                new Objective(
                        AdversarialLoss.LEAST_SQUARES,
                        PixelDistance.L1,
                        Weights.PAPER
                                .with(LossTerms.TOTAL_VARIATION, PerDomain.both(0.5))
                                .with(LossTerms.DOMAIN, PerDomain.both(0.5)),
                        0.1),
                new Optimization(Adam.Betas.ofPaper(), LearningRateSchedule.ofPaper(STEPS), 0.9),
                new Images(
                        new Augmentation(Preprocessing.RESIZE_AND_CROP, 36, 32, true),
                        2,
                        2,
                        new DiscriminatorAugmentation(List.of(Change.values()))),
                new Seed(seed),
                List.of(),
                STEPS);
    }
}
