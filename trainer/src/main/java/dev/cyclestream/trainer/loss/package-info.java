/**
 * The terms that training minimises. Every loss is a mean over its elements and comes with its weight, so that a term can be
 * added, plotted and compared as it is. Enter at {@link dev.cyclestream.trainer.loss.LossTerms},
 * which lists the terms; {@link dev.cyclestream.trainer.loss.Objective} computes those that have a weight.
 */
package dev.cyclestream.trainer.loss;
