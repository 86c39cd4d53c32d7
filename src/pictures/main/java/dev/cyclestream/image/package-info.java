/**
 * Images as encoded bytes: formats, limits and sizes, what is rejected, encoding. The packages below decode; this one knows
 * nothing of them.
 *
 * <p>{@code image.format} has the decoder that chooses between the formats, each of which is a package of its own; they share
 * {@code image.decoding} and {@code image.color}. Only these packages import {@code javax.imageio}. Whatever a stranger sends
 * is either decoded or refused with a reason; nothing else can come out of a decoder.
 *
 * <p>A new format is a package beside the others, a constant of {@link dev.cyclestream.image.ImageFormat}, and the line in
 * {@code FormatDecoders} that the compiler then asks for.
 */
package dev.cyclestream.image;
