/**
 * Pictures: pixels in memory, which is all that training, translating and comparing see of an image. Nothing here knows of
 * files and formats.
 *
 * <p>Enter at {@link dev.cyclestream.picture.Picture}; {@link dev.cyclestream.picture.PictureDistance} and
 * {@link dev.cyclestream.picture.Fault} compare two of them, for the translator and the trainer alike.
 */
package dev.cyclestream.picture;
