/** WebP: its chunks, and the first frame of an animation. */
package dev.cyclestream.image.webp;
