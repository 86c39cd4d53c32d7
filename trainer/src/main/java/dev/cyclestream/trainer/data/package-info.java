/**
 * The training images: unpaired folders, their decoding and augmentation, the choice of each step, and the
 * pool of earlier fakes. The only home of {@code javax.imageio} in the trainer.
 *
 * <p>Enter at {@link dev.cyclestream.trainer.data.DataSet} and {@link dev.cyclestream.trainer.data.UnpairedSampler}.
 */
package dev.cyclestream.trainer.data;
