package dev.cyclestream.trainer.pytorch;

import ai.djl.ndarray.NDArray;

/**
 * A number as PyTorch's own memory, for products and maxima that a gradient passes through.
 *
 * <p>DJL's {@code array.mul(number)} lends PyTorch memory of Java and lets go of it at once. The backward pass reads the number
 * again; when Java has collected its garbage in between, it reads whatever stands there by then, and the gradient is wrong by
 * any factor. So are the gradients of {@code div}, {@code pow}, {@code maximum} and {@code minimum} with a number; those of
 * {@code add} and {@code sub} need none.
 */
public final class NativeNumber {

    private NativeNumber() {}

    /** The number, belonging to the manager of the array that it is to be used with. */
    public static NDArray of(double value, NDArray array) {
        try (NDArray lent = array.getManager().create(value)) {
            return lent.duplicate();
        }
    }
}
