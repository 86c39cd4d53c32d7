/**
 * Networks as PyTorch programs, and what they run and learn with: the only home of {@code ai.djl.pytorch}.
 *
 * <p>Enter at {@link dev.cyclestream.trainer.pytorch.TrainableNetwork}, which runs the layers of a
 * {@link dev.cyclestream.trainer.network.Network}, and {@link dev.cyclestream.trainer.pytorch.Adam}, which moves its weights.
 */
package dev.cyclestream.trainer.pytorch;
