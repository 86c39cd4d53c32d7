/**
 * Images as bytes and as pixels: what is accepted, decoding, encoding. The only home of {@code javax.imageio}.
 *
 * <p>Enter at {@link dev.cyclestream.image.ImageDecoder} and {@link dev.cyclestream.image.ImageEncoder}. Whatever a
 * stranger sends is either decoded or refused with a reason; nothing else can come out of a decoder.
 */
package dev.cyclestream.image;
