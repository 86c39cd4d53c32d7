/**
 * The progress of an instance, its lag, and the dependencies that it waits for: the figures that operators
 * see, kept apart from the work itself.
 *
 * <p>Enter at {@link dev.cyclestream.progress.Progress}; {@link dev.cyclestream.progress.InstanceWatch} asks the brokers.
 */
package dev.cyclestream.progress;
