/**
 * The decoder of all formats: it knows an image by its first bytes, and says what it is that it does not read. Enter at
 * {@link dev.cyclestream.image.format.ImageDecoder}.
 */
package dev.cyclestream.image.format;
