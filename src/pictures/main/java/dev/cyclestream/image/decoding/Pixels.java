package dev.cyclestream.image.decoding;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.picture.AlphaPlane;
import dev.cyclestream.picture.Picture;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_ProfileGray;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Converts what ImageIO decodes (grey, palette, RGB, with or without alpha, 1 to 16 bits, in any colour profile) to 8-bit
 * sRGB.
 *
 * <p>Samples that are sRGB already are read directly: Java2D's own conversion takes grey for linear light and brightens it.
 * Colours are laid on white where they are not opaque.
 */
final class Pixels {

    private static final int BRIGHTEST = 255;

    private Pixels() {}

    static DecodedImage decoded(ImageFormat format, BufferedImage image) {
        int pixels = image.getWidth() * image.getHeight();
        byte[] color = new byte[pixels * Picture.CHANNELS];
        byte[] opacity = new byte[pixels];
        if (image.getColorModel() instanceof IndexColorModel palette) {
            fromPalette(image, palette, color, opacity);
        } else {
            BufferedImage converted = inSrgb(image);
            int channels = converted.getColorModel().getNumColorComponents();
            if (isBytesOfOpaqueRgb(converted)) {
                copy(converted.getRaster(), color);
                Arrays.fill(opacity, (byte) BRIGHTEST);
            } else if ((channels == 1 || channels == Picture.CHANNELS) && hasWholeNumbers(converted)) {
                fromSamples(converted, channels, color, opacity);
            } else {
                fromColors(converted, color, opacity);
            }
        }
        AlphaPlane alpha = new AlphaPlane(image.getWidth(), image.getHeight(), opacity);
        return new DecodedImage(
                format,
                new Picture(image.getWidth(), image.getHeight(), color),
                alpha.isOpaque() ? Optional.empty() : Optional.of(alpha));
    }

    /** As the image's own colour profile means it; a profile that is broken is as good as none. */
    private static BufferedImage inSrgb(BufferedImage image) {
        ColorSpace space = image.getColorModel().getColorSpace();
        boolean hasProfile = space instanceof ICC_ColorSpace profiled
                && !space.isCS_sRGB()
                && !(profiled.getProfile() instanceof ICC_ProfileGray);
        if (!hasProfile) {
            return image;
        }
        int type = image.getColorModel().hasAlpha() ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage converted = new BufferedImage(image.getWidth(), image.getHeight(), type);
        try {
            return new ColorConvertOp(null).filter(image, converted);
        } catch (CMMException e) {
            return image;
        }
    }

    /** The kind of most images, which is quick to read. */
    private static boolean isBytesOfOpaqueRgb(BufferedImage image) {
        return !image.getColorModel().hasAlpha()
                && image.getColorModel().getNumColorComponents() == Picture.CHANNELS
                && image.getRaster().getNumBands() == Picture.CHANNELS
                && IntStream.of(image.getSampleModel().getSampleSize()).allMatch(bits -> bits == Byte.SIZE);
    }

    private static void copy(Raster raster, byte[] color) {
        int[] row = new int[raster.getWidth() * Picture.CHANNELS];
        int next = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            for (int sample : row) {
                color[next++] = (byte) sample;
            }
        }
    }

    /** Samples that fit into an {@code int} with its sign. */
    private static boolean hasWholeNumbers(BufferedImage image) {
        int type = image.getRaster().getTransferType();
        return (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT)
                && image.getSampleModel().getSampleSize(0) < Integer.SIZE;
    }

    /** Inks and other channels, of which only the colour model knows what they look like. */
    private static void fromColors(BufferedImage image, byte[] color, byte[] opacity) {
        int[] row = new int[image.getWidth()];
        int pixel = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, image.getWidth(), 1, row, 0, image.getWidth());
            for (int argb : row) {
                double share = (argb >>> 24) / (double) BRIGHTEST;
                opacity[pixel] = (byte) (argb >>> 24);
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    int sample = (argb >> (8 * (2 - channel))) & BRIGHTEST;
                    color[pixel * Picture.CHANNELS + channel] = onWhite(sample / (double) BRIGHTEST, share, share);
                }
                pixel++;
            }
        }
    }

    private static void fromSamples(BufferedImage image, int channels, byte[] color, byte[] opacity) {
        ColorModel model = image.getColorModel();
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        boolean hasAlpha = model.hasAlpha();
        boolean premultiplied = image.isAlphaPremultiplied();
        int brightest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        int[] row = new int[raster.getWidth() * bands];
        int pixel = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            for (int x = 0; x < raster.getWidth(); x++) {
                int first = x * bands;
                double share = hasAlpha ? row[first + channels] / (double) brightest : 1;
                opacity[pixel] = (byte) Math.round(BRIGHTEST * share);
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    double sample = row[first + (channels == 1 ? 0 : channel)] / (double) brightest;
                    color[pixel * Picture.CHANNELS + channel] = onWhite(sample, premultiplied ? 1 : share, share);
                }
                pixel++;
            }
        }
    }

    private static void fromPalette(BufferedImage image, IndexColorModel palette, byte[] color, byte[] opacity) {
        int[] row = new int[image.getWidth()];
        int pixel = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getSamples(0, y, image.getWidth(), 1, 0, row);
            for (int index : row) {
                double share = palette.getAlpha(index) / (double) BRIGHTEST;
                opacity[pixel] = (byte) palette.getAlpha(index);
                int first = pixel * Picture.CHANNELS;
                color[first] = onWhite(palette.getRed(index) / (double) BRIGHTEST, share, share);
                color[first + 1] = onWhite(palette.getGreen(index) / (double) BRIGHTEST, share, share);
                color[first + 2] = onWhite(palette.getBlue(index) / (double) BRIGHTEST, share, share);
                pixel++;
            }
        }
    }

    /** A sample in [0, 1] that counts by a weight, seen in front of white, as a byte. */
    private static byte onWhite(double sample, double weight, double opacity) {
        return (byte) Math.round(BRIGHTEST * Math.min(1, sample * weight + 1 - opacity));
    }
}
