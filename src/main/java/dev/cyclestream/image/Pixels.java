package dev.cyclestream.image;

import dev.cyclestream.image.ImageRejectedException.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Converts what ImageIO decodes (grey, palette, RGB, with or without alpha, 1 to 16 bits) to 8-bit RGB.
 *
 * <p>Samples are read directly: Java2D's own conversion takes grey for linear light and brightens it. Alpha is laid on
 * white.
 */
final class Pixels {

    private static final int BRIGHTEST = 255;

    private Pixels() {}

    static RgbImage toRgb(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        if (colors instanceof IndexColorModel palette) {
            return fromPalette(image, palette);
        }
        int channels = colors.getNumColorComponents();
        if (channels != 1 && channels != RgbImage.CHANNELS) {
            throw new ImageRejectedException(
                    Reason.UNSUPPORTED_IMAGE, "expected grey or RGB, found %d channels".formatted(channels));
        }
        return fromSamples(image.getRaster(), channels, colors.hasAlpha());
    }

    private static RgbImage fromSamples(Raster raster, int channels, boolean hasAlpha) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        int brightest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        byte[] samples = new byte[width * raster.getHeight() * RgbImage.CHANNELS];
        int[] row = new int[width * bands];
        int next = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int pixel = x * bands;
                double opacity = hasAlpha ? row[pixel + channels] / (double) brightest : 1;
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    int sample = row[pixel + (channels == 1 ? 0 : channel)];
                    samples[next++] = onWhite(sample / (double) brightest, opacity);
                }
            }
        }
        return new RgbImage(width, raster.getHeight(), samples);
    }

    private static RgbImage fromPalette(BufferedImage image, IndexColorModel palette) {
        byte[] samples = new byte[image.getWidth() * image.getHeight() * RgbImage.CHANNELS];
        int next = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int index = image.getRaster().getSample(x, y, 0);
                double opacity = palette.getAlpha(index) / (double) BRIGHTEST;
                samples[next++] = onWhite(palette.getRed(index) / (double) BRIGHTEST, opacity);
                samples[next++] = onWhite(palette.getGreen(index) / (double) BRIGHTEST, opacity);
                samples[next++] = onWhite(palette.getBlue(index) / (double) BRIGHTEST, opacity);
            }
        }
        return new RgbImage(image.getWidth(), image.getHeight(), samples);
    }

    /** A sample in [0, 1] seen in front of white, as a byte. */
    private static byte onWhite(double sample, double opacity) {
        return (byte) Math.round(BRIGHTEST * (sample * opacity + 1 - opacity));
    }
}
