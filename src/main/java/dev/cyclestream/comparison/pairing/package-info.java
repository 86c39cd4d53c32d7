/**
 * The pairing of two outputs by where the input was. Enter at {@link dev.cyclestream.comparison.pairing.PairSource}.
 *
 * <p>Topics are read twice. The first pass keeps of each record only where its input was and where it is itself, in arrays of
 * numbers; the second fetches by offset what belongs together. So a wrong pair is impossible whatever the order of the
 * records, and memory holds numbers, not images.
 */
package dev.cyclestream.comparison.pairing;
