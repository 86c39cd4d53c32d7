/**
 * The operator's part in a roll-out: announcing the steps, waiting until they hold everywhere, and seeing where it is.
 *
 * <p>Enter at {@link dev.cyclestream.rollout.operation.RolloutOperator}.
 */
package dev.cyclestream.rollout.operation;
