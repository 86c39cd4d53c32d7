package dev.cyclestream.trainer.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The one number that all randomness of a run comes from.
 *
 * <p>Every draw has a stream of its own, named by purpose and index (of the step, the epoch, ...). So a run that is taken
 * up again draws what it would have drawn, without any random state to save.
 */
public record Seed(long value) {

    /** The purpose that randomness is drawn for. */
    public enum Purpose {
        WEIGHTS,
        ORDER_OF_A,
        CHOICE_OF_B,
        AUGMENTATION,
        POOL,
        CLASSIFIER_WEIGHTS,
        CLASSIFIER_BATCH
    }

    /** The stream of random numbers for one purpose at one index; the same for the same seed on every machine. */
    public RandomGenerator stream(Purpose purpose, long index) {
        long state = mix(value);
        state = mix(state ^ purpose.name().hashCode());
        state = mix(state ^ index);
        return new SplittableRandom(state);
    }

    // Finaliser of MurmurHash3: seeds that differ in one bit give unrelated streams.
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
