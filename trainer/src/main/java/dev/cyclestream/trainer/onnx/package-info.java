/**
 * The same network data written as a self-contained ONNX file: a checkpoint.
 *
 * <p>Enter at {@link dev.cyclestream.trainer.onnx.CheckpointExport}. A file counts as good only after ONNX Runtime ran it
 * and gave what the trained network gives. The only home of ONNX and ONNX Runtime in the trainer.
 */
package dev.cyclestream.trainer.onnx;
