/**
 * The trainer: learns both directions of a CycleGAN and writes each generator as a checkpoint.
 *
 * <p>{@code cli} holds the commands, {@code run} a training run and its folder, {@code model} the networks that learn and their
 * step, {@code loss} the terms that they minimise, {@code network} the layers as data with {@code pytorch} and {@code onnx} as
 * their two writers, {@code data} the pictures, {@code evaluation} and {@code report} what a run is judged by, and
 * {@code domain} the words that all share.
 */
package dev.cyclestream.trainer;
