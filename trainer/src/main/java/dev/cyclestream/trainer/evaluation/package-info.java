/**
 * Figures of a pair of generators: {@link dev.cyclestream.trainer.evaluation.Evaluator} translates the test
 * images of both domains and compares the results with the target domain and, where names match, with the ground truth.
 *
 * <p>No figure means anything alone, so each stands between the same figure for untranslated images and for real ones.
 */
package dev.cyclestream.trainer.evaluation;
