/**
 * Training runs: the loop over the steps, its journal, and the folder with the states that it saves and goes on from.
 *
 * <p>Enter at {@link dev.cyclestream.trainer.run.Training} for the run and at
 * {@link dev.cyclestream.trainer.run.RunFolder} for what it leaves behind.
 */
package dev.cyclestream.trainer.run;
