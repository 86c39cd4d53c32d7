/**
 * Two translations of the same inputs, side by side: joined on where the input was, measured, and shown on a page, with a
 * verdict that a pipeline can act on. Enter at {@link dev.cyclestream.replay.comparison.Comparison}.
 *
 * <p>Topics are read twice. The first pass keeps of each record only where its input was and where it is itself, in arrays of
 * numbers; the second fetches by offset what belongs together. So a wrong pair is impossible whatever the order of the
 * records, and memory holds numbers, not images.
 */
package dev.cyclestream.replay.comparison;
