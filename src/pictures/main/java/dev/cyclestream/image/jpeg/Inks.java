package dev.cyclestream.image.jpeg;

import dev.cyclestream.image.color.ColorProfile;
import dev.cyclestream.picture.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/** Cyan, magenta, yellow and black, four samples a pixel: 0 for none, 255 for all of an ink. */
record Inks(WritableRaster samples) {

    private static final int FULL = 255;
    private static final int CHANNELS = 4;

    /** @param stored as libjpeg gives them when it converts nothing */
    static Inks of(JpegFile file, Raster stored) {
        WritableRaster samples = stored.createCompatibleWritableRaster();
        int width = stored.getWidth();
        int[] row = new int[width * CHANNELS];
        for (int y = 0; y < stored.getHeight(); y++) {
            stored.getPixels(0, y, width, 1, row);
            if (file.isLumaAndChroma()) {
                toInverted(row);
            }
            if (file.isInverted()) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = FULL - row[i];
                }
            }
            samples.setPixels(0, y, width, 1, row);
        }
        return new Inks(samples);
    }

    /** Luma and chroma of what is left of white by the inks (JFIF), black beside them, become inks. */
    private static void toInverted(int[] row) {
        for (int i = 0; i < row.length; i += CHANNELS) {
            double luma = row[i];
            double blue = row[i + 1] - 128.0;
            double red = row[i + 2] - 128.0;
            row[i] = clamp(FULL - (luma + 1.402 * red));
            row[i + 1] = clamp(FULL - (luma - 0.344136 * blue - 0.714136 * red));
            row[i + 2] = clamp(FULL - (luma + 1.772 * blue));
        }
    }

    private static int clamp(double sample) {
        return (int) Math.round(Math.max(0, Math.min(FULL, sample)));
    }

    /** By the profile, or without one as if each ink took away its share of the light. */
    BufferedImage toSrgb(Optional<ColorProfile> profile) {
        return profile.flatMap(found -> found.toSrgb(samples)).orElseGet(this::withoutProfile);
    }

    private BufferedImage withoutProfile() {
        int width = samples.getWidth();
        BufferedImage image = new BufferedImage(width, samples.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        int[] row = new int[width * CHANNELS];
        int[] color = new int[width * Picture.CHANNELS];
        for (int y = 0; y < samples.getHeight(); y++) {
            samples.getPixels(0, y, width, 1, row);
            for (int i = 0; i < color.length; i++) {
                int pixel = i / Picture.CHANNELS * CHANNELS;
                int ink = row[pixel + i % Picture.CHANNELS];
                int black = row[pixel + CHANNELS - 1];
                color[i] = Math.round((FULL - ink) * (FULL - black) / (float) FULL);
            }
            image.getRaster().setPixels(0, y, width, 1, color);
        }
        return image;
    }
}
