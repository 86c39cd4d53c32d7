package dev.cyclestream.trainer.model;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.pytorch.Adam;

/** One optimiser for both generators, one for both discriminators. Owns their moments. */
public record Optimizers(Adam generators, Adam discriminators) implements AutoCloseable {

    /** Fresh optimisers for all weights of the model. */
    public static Optimizers of(CycleGan model, NDManager owner, Adam.Betas betas) {
        return new Optimizers(
                new Adam(model.generatorParameters(), owner, betas),
                new Adam(model.discriminatorParameters(), owner, betas));
    }

    @Override
    public void close() {
        generators.close();
        discriminators.close();
    }
}
