package dev.cyclestream.image.color;

import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * The darkest colour of a device, which black point compensation makes black: what is linear in light is stretched so that
 * white stays where it is (ISO 18619). The black point counts as grey, so that the same holds for each channel of sRGB.
 *
 * @param light of the darkest colour, of 1 for white
 */
record BlackPoint(double light) {

    private static final int BRIGHTEST = 255;

    /** No device's black is lighter than this; one that seems to be is of a broken profile. */
    private static final double MOST = 0.184;

    /** @param darkest one pixel in sRGB */
    static BlackPoint of(Raster darkest) {
        int[] color = darkest.getPixel(0, 0, (int[]) null);
        double light = 0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2]);
        return new BlackPoint(Math.min(light, MOST));
    }

    /** @param image in sRGB of 8 bits */
    void compensate(WritableRaster image) {
        if (light == 0) {
            return;
        }
        int[] darker = new int[BRIGHTEST + 1];
        for (int sample = 0; sample <= BRIGHTEST; sample++) {
            darker[sample] = encoded(Math.max(0, (linear(sample) - light) / (1 - light)));
        }
        int[] row = new int[image.getWidth() * image.getNumBands()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getPixels(image.getMinX(), image.getMinY() + y, image.getWidth(), 1, row);
            for (int i = 0; i < row.length; i++) {
                row[i] = darker[row[i]];
            }
            image.setPixels(image.getMinX(), image.getMinY() + y, image.getWidth(), 1, row);
        }
    }

    private static double linear(int sample) {
        double value = sample / (double) BRIGHTEST;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static int encoded(double light) {
        double value = light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
        return (int) Math.round(BRIGHTEST * value);
    }
}
