/** GIF: the first frame, and the codes that it is compressed by. */
package dev.cyclestream.image.gif;
