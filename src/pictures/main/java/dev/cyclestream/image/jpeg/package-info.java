/** JPEG: its markers and frames, and pictures of inks. */
package dev.cyclestream.image.jpeg;
