package dev.cyclestream.trainer.loss;

import ai.djl.ndarray.NDArray;
import dev.cyclestream.trainer.domain.Domain;

/**
 * The images that the generators made of a batch of each domain, as terms look at them. Images are (N, 3, H, W) in [-1, 1],
 * scores (N, 1, h, w).
 */
public interface GeneratorPass {

    /** Real images of a domain. */
    NDArray real(Domain domain);

    /** Fakes of a domain, made of real images of the other. */
    NDArray fake(Domain domain);

    /** Real images of a domain after their round trip. */
    NDArray returned(Domain domain);

    /** Real images of a domain as the generator into that domain leaves them. */
    NDArray unchanged(Domain domain);

    /** The scores that the domain's discriminator gives to its fakes. Each call may draw another augmentation. */
    NDArray scores(Domain domain);

    /**
     * The scores that the domain classifier gives to a domain's fakes; their mean over all places is the logit of B. Each call
     * may draw another augmentation.
     */
    NDArray classifierScores(Domain domain);
}
