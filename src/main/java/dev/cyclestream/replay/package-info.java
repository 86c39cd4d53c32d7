/**
 * A second, bounded run over a range of a topic: planned once, shared by as many instances as join it, and done when every
 * partition has reached its bound.
 *
 * <p>Enter at {@link dev.cyclestream.replay.ReplayPlanner} for how the range is fixed, at
 * {@link dev.cyclestream.replay.ReplayProgress} for when it is done. What happens to an image is the live application's:
 * {@link dev.cyclestream.stream.TranslationApplication}.
 */
package dev.cyclestream.replay;
