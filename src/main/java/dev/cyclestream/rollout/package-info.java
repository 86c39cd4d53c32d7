/**
 * Checkpoints that change while the stream runs: splits say which checkpoint translates what, the schedule has them in the order in
 * which they were announced, and activations say from which offset of each partition a split holds.
 */
package dev.cyclestream.rollout;
