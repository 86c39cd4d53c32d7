/**
 * The networks as data, and what builds them in DJL.
 *
 * <p>Enter at {@link dev.cyclestream.trainer.network.ResnetGenerator} and
 * {@link dev.cyclestream.trainer.network.PatchDiscriminator}: they list their layers.
 * {@link dev.cyclestream.trainer.network.TrainableNetwork} runs such a list on PyTorch; the package
 * {@code dev.cyclestream.trainer.onnx} writes the same list as an ONNX graph, so that training and export cannot
 * disagree on the architecture.
 */
package dev.cyclestream.trainer.network;
