/**
 * The part of an instance in a roll-out: it follows the schedule, loads what that names beside the stream, and chooses the
 * translators of each record.
 *
 * <p>Enter at {@link dev.cyclestream.rollout.live.InstanceRollout}.
 */
package dev.cyclestream.rollout.live;
