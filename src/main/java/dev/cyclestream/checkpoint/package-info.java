/**
 * Checkpoints: exported generators with their metadata inside, opened and checked before anything runs them.
 *
 * <p>Enter at {@link dev.cyclestream.checkpoint.Checkpoint}. The only home of ONNX's own file format.
 */
package dev.cyclestream.checkpoint;
