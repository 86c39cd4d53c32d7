package dev.cyclestream.trainer.loss;

import ai.djl.ndarray.NDArray;
import dev.cyclestream.trainer.pytorch.NativeNumber;
import java.util.Locale;

/** The form in which a discriminator's patch scores are held against the answer "real" (1) or "fake" (0). */
public enum AdversarialLoss {

    /** Mean squared distance to the answer: stable, and what the paper trains with (section 4). */
    LEAST_SQUARES {
        @Override
        public NDArray of(NDArray scores, boolean real) {
            return scores.sub(real ? 1 : 0).square().mean();
        }
    },

    /** Binary cross entropy on the scores as logits: the paper's equation 1. */
    LOG {
        @Override
        public NDArray of(NDArray scores, boolean real) {
            // -log sigmoid(s) = max(-s, 0) + log(1 + exp(-|s|)), which never overflows; for "fake", s changes its sign.
            NDArray signed = real ? scores : scores.neg();
            NDArray tail = signed.abs().neg().exp().add(1).log();
            return signed.neg().maximum(NativeNumber.of(0, signed)).add(tail).mean();
        }
    };

    /**
     * The loss as a mean over all patches and images.
     *
     * @param scores a discriminator's output (N, 1, h, w), any real numbers
     * @param real the answer that would cost nothing
     */
    public abstract NDArray of(NDArray scores, boolean real);

    /** As the command line spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
