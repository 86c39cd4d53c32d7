/**
 * Pictures: pixels in memory, which is all that training, translating and comparing see of an image. Nothing here knows of
 * files and formats.
 *
 * <p>Enter at {@link dev.cyclestream.picture.Picture}.
 */
package dev.cyclestream.picture;
