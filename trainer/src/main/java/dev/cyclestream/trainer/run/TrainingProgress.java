package dev.cyclestream.trainer.run;

import dev.cyclestream.trainer.loss.Losses;

/** Is told how training goes. */
public interface TrainingProgress {

    /** Called once, before the first step. */
    void started(long stepsTaken, long steps);

    /** Called when samples, or before the first step the training images, look wrong. */
    void warned(long stepsTaken, String warning);

    /** Called after each step. */
    void stepTaken(long stepsTaken, Losses losses);
}
