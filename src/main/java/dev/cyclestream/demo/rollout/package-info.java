/**
 * The demonstration of a roll-out: while pictures go through a real broker, a second checkpoint is put on trial and promoted, and a
 * page shows at which offset each partition went over to it.
 *
 * <p>Enter at {@link dev.cyclestream.demo.rollout.RolloutDemo}.
 */
package dev.cyclestream.demo.rollout;
