/** TIFF: directories, strips and tiles, kinds of colour, faxes, and JPEG inside. */
package dev.cyclestream.image.tiff;
