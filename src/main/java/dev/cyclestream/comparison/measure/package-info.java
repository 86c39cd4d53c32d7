/**
 * The figures of a pair and of all pairs, the pairs that are shown, and the thresholds for the verdict. Enter at
 * {@link dev.cyclestream.comparison.measure.PairMeasurement}.
 */
package dev.cyclestream.comparison.measure;
