/** PNG: its chunks. */
package dev.cyclestream.image.png;
