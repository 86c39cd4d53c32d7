package dev.cyclestream.trainer.optimizer;

/**
 * The paper's learning rate: constant for the first half of the steps, then linear towards 0 (section 4).
 *
 * @param initialRate of the first half; 2e-4 in the paper
 * @param steps length of the whole training
 */
public record LinearDecay(double initialRate, long steps) {

    /** Learning rate of the paper. */
    public static final double PAPER_RATE = 2e-4;

    public LinearDecay {
        if (!(initialRate > 0) || Double.isInfinite(initialRate)) {
            throw new IllegalArgumentException("learning rate: expected more than 0, found " + initialRate);
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps: expected at least 1, found " + steps);
        }
    }

    /** The rate of the step with this index, counted from 0; it never reaches 0 itself. */
    public double rate(long step) {
        long constant = steps / 2;
        if (step < constant) {
            return initialRate;
        }
        return initialRate * (steps - step) / (steps - constant);
    }
}
