package dev.cyclestream.trainer.loss;

import ai.djl.ndarray.NDArray;

/** The distance between two images, pixel by pixel, as a mean over all numbers of the batch. */
public enum PixelDistance {

    /** Mean absolute distance: what the paper trains with (equation 2). */
    L1 {
        @Override
        public NDArray of(NDArray left, NDArray right) {
            return left.sub(right).abs().mean();
        }
    },

    /** Mean squared distance: forgives small errors and blurs. */
    L2 {
        @Override
        public NDArray of(NDArray left, NDArray right) {
            return left.sub(right).square().mean();
        }
    };

    /**
     * The distance as a scalar.
     *
     * @param left images (N, C, H, W)
     * @param right images of the same shape
     */
    public abstract NDArray of(NDArray left, NDArray right);
}
