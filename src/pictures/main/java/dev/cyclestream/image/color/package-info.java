/** Colour profiles, and samples whose meaning no profile says. */
package dev.cyclestream.image.color;
