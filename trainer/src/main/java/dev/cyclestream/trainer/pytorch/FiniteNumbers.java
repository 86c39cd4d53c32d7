package dev.cyclestream.trainer.pytorch;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;

/** Looks for what a run that diverged leaves in arrays: NaN and infinities. */
public final class FiniteNumbers {

    private FiniteNumbers() {}

    /** True if all numbers are finite, and their sum, too. */
    public static boolean areIn(NDArray array) {
        try (NDArray sum = array.sum()) { // one native call, and NaN and infinities stay in it
            return Double.isFinite(sum.toArray()[0].doubleValue());
        }
    }

    /** The name of the first array that holds others; empty if there is none. */
    public static Optional<String> missingFrom(Map<String, NDArray> arrays) {
        return arrays.entrySet().stream()
                .filter(array -> !areIn(array.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
