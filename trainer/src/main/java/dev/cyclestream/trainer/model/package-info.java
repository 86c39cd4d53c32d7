/**
 * The CycleGAN that learns: its four networks, one step of training in the paper's order, optimisers, averages and the
 * settings that decide what is computed.
 *
 * <p>Enter at {@link dev.cyclestream.trainer.model.TrainingStep}. Nothing here knows of files or of runs.
 */
package dev.cyclestream.trainer.model;
