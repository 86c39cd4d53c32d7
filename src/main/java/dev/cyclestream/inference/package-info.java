/**
 * Running generators: a loaded checkpoint, the device that it runs on, batching across threads. The only home of DJL and
 * ONNX Runtime.
 *
 * <p>Enter at {@link dev.cyclestream.inference.ImageTranslator}, which takes an encoded image and gives one.
 */
package dev.cyclestream.inference;
