/**
 * What an instance has in hand, what it has committed, what it waits for and how far it is behind: the figures that operators
 * see, kept apart from the work itself.
 *
 * <p>Enter at {@link dev.cyclestream.progress.Progress}; {@link dev.cyclestream.progress.InstanceWatch} asks the brokers.
 */
package dev.cyclestream.progress;
