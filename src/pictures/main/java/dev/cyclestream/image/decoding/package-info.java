/**
 * The decoding that all formats have in common: memory and time that are limited, rows and strips, orientation, and
 * ImageIO's readers. Enter at {@link dev.cyclestream.image.decoding.FormatDecoder}.
 */
package dev.cyclestream.image.decoding;
