/**
 * The networks as data: lists of layers, and what they cost. Nothing here knows DJL, PyTorch or ONNX.
 *
 * <p>Enter at {@link dev.cyclestream.trainer.network.ResnetGenerator} and
 * {@link dev.cyclestream.trainer.network.PatchDiscriminator}: they list their layers. Two packages write such a list:
 * {@code dev.cyclestream.trainer.pytorch} as a program that learns, and {@code dev.cyclestream.trainer.onnx} as a file, so
 * that training and export cannot disagree on the architecture.
 */
package dev.cyclestream.trainer.network;
