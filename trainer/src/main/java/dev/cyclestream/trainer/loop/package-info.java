/**
 * Training itself: the step in the paper's order, the run around it, and the folder that a run leaves behind.
 *
 * <p>Enter at {@link dev.cyclestream.trainer.loop.TrainingStep} for what is computed and at
 * {@link dev.cyclestream.trainer.loop.Training} for the run.
 */
package dev.cyclestream.trainer.loop;
