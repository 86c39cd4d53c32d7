package dev.cyclestream.trainer.model;

import dev.cyclestream.failure.WrongSetUpException;
import java.util.Locale;

/**
 * The learning rate over a whole run: constant at first, then falling.
 *
 * @param decay how it falls
 * @param initialRate rate of the constant part; 2e-4 in the paper
 * @param constantSteps length of the constant part; in the paper half of the run (section 4)
 * @param decaySteps length of the falling part; where the rate has fallen as far as it goes, it stays
 */
public record LearningRateSchedule(Decay decay, double initialRate, long constantSteps, long decaySteps) {

    /** Learning rate of the paper. */
    public static final double PAPER_RATE = 2e-4;

    /** The form in which the rate falls after the constant part. */
    public enum Decay {

        /** In a straight line towards 0, as in the paper. */
        LINEAR {
            @Override
            double factor(double passed) {
                return 1 - passed;
            }
        },

        /** Along half a cosine towards 0 (Loshchilov, Hutter, ICLR 2017, without restarts). */
        COSINE {
            @Override
            double factor(double passed) {
                return (1 + Math.cos(Math.PI * passed)) / 2;
            }
        },

        /** To a tenth at once, and again to a tenth of that half way through. */
        STEP {
            @Override
            double factor(double passed) {
                return passed < 0.5 ? 0.1 : 0.01;
            }
        },

        /** Not at all. */
        CONSTANT {
            @Override
            double factor(double passed) {
                return 1;
            }
        };

        /** The factor of the rate when this share of the falling part, 0 to 1, has passed. */
        abstract double factor(double passed);

        /** As the command line spells it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public LearningRateSchedule {
        if (!(initialRate > 0) || Double.isInfinite(initialRate)) {
            throw new WrongSetUpException("learning rate: expected more than 0, found " + initialRate);
        }
        if (constantSteps < 0 || decaySteps < 0) {
            throw new WrongSetUpException(
                    "learning rate: expected no fewer than 0 constant and 0 falling steps, found %d and %d"
                            .formatted(constantSteps, decaySteps));
        }
    }

    /** The paper's schedule for a run of this length: half of it constant, then linear towards 0. */
    public static LearningRateSchedule ofPaper(long steps) {
        return new LearningRateSchedule(Decay.LINEAR, PAPER_RATE, steps / 2, steps - steps / 2);
    }

    /** The same rate for ever. */
    public static LearningRateSchedule constant(double rate) {
        return new LearningRateSchedule(Decay.CONSTANT, rate, 0, 0);
    }

    /** The rate of the step with this index, counted from 0. */
    public double rate(long step) {
        if (step < constantSteps) {
            return initialRate;
        }
        double passed = decaySteps == 0 ? 1 : Math.min(1, (double) (step - constantSteps) / decaySteps);
        return initialRate * decay.factor(passed);
    }
}
