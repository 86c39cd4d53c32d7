package dev.cyclestream.trainer.loss;

import ai.djl.ndarray.NDArray;

/** How far a reconstruction is from the image that it began as, as a mean over all numbers of the batch. */
public enum CycleLoss {

    /** Mean absolute distance: what the paper trains with (equation 2). */
    L1 {
        @Override
        public NDArray of(NDArray reconstruction, NDArray image) {
            return reconstruction.sub(image).abs().mean();
        }
    },

    /** Mean squared distance: forgives small errors and blurs. */
    L2 {
        @Override
        public NDArray of(NDArray reconstruction, NDArray image) {
            return reconstruction.sub(image).square().mean();
        }
    };

    /**
     * The loss without weight.
     *
     * @param reconstruction images (N, 3, H, W) in [-1, 1]
     * @param image what they should be, the same shape
     */
    public abstract NDArray of(NDArray reconstruction, NDArray image);
}
