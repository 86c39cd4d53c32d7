/**
 * Two translations of the same inputs, side by side: joined on where the input was, measured, and shown on a page, with a
 * verdict that a pipeline can act on. Enter at {@link dev.cyclestream.comparison.ComparedOutputs}, which opens both, and
 * {@link dev.cyclestream.comparison.Comparison}.
 */
package dev.cyclestream.comparison;
