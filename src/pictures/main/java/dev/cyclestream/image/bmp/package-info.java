/** BMP: headers of all ages, bit masks and runs. */
package dev.cyclestream.image.bmp;
