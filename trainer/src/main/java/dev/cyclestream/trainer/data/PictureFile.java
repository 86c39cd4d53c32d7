package dev.cyclestream.trainer.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Picture files: reads what ImageIO knows (PNG, JPEG, GIF, BMP, ...) as 8-bit RGB with alpha laid on white; writes PNG. */
public final class PictureFile {

    private static final int WHITE = 255;

    private PictureFile() {}

    /**
     * Decodes the first image in the file.
     *
     * @throws InvalidDataException if the file holds no image that can be decoded
     */
    public static Picture read(Path file) throws IOException {
        try (ImageInputStream input = open(file)) {
            ImageReader reader = reader(file, input);
            try {
                reader.setInput(input, true, true);
                return toPicture(reader.read(0));
            } catch (IOException | RuntimeException e) {
                throw new InvalidDataException(
                        "%s: is damaged or of a kind that is not read: %s".formatted(file, e.getMessage()), e);
            } finally {
                reader.dispose();
            }
        }
    }

    /** Checks that the file begins like an image, without decoding it. */
    static void requireImage(Path file) throws IOException {
        try (ImageInputStream input = open(file)) {
            reader(file, input).dispose();
        }
    }

    /** Writes an image as PNG and makes the folders above it. */
    public static void writePng(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException(file + ": this JDK cannot write PNG");
        }
    }

    private static ImageInputStream open(Path file) throws IOException {
        ImageInputStream input = ImageIO.createImageInputStream(file.toFile());
        if (input == null) {
            throw new IOException(file + ": cannot be opened");
        }
        return input;
    }

    private static ImageReader reader(Path file, ImageInputStream input) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
        if (!readers.hasNext()) {
            throw new InvalidDataException(file + ": expected an image, found something else");
        }
        return readers.next();
    }

    private static Picture toPicture(BufferedImage image) {
        ColorModel model = image.getColorModel();
        boolean direct = !(model instanceof IndexColorModel)
                && model.getColorSpace().getType() != ColorSpace.TYPE_CMYK
                && isStoredChannelByChannel(image.getRaster());
        return direct ? fromSamples(image) : fromColors(image);
    }

    private static boolean isStoredChannelByChannel(WritableRaster raster) {
        return raster.getNumBands() <= 4
                && raster.getNumBands() == raster.getSampleModel().getNumBands();
    }

    /** Grey or RGB with or without alpha, of any bit depth. Java2D's own conversion would brighten grey. */
    private static Picture fromSamples(BufferedImage image) {
        WritableRaster raster = image.getRaster();
        int bands = raster.getNumBands();
        boolean alpha = image.getColorModel().hasAlpha();
        int colors = alpha ? bands - 1 : bands;
        byte[] samples = new byte[image.getWidth() * image.getHeight() * Picture.CHANNELS];
        int[] pixel = new int[bands];
        int next = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                raster.getPixel(x, y, pixel);
                double opacity = alpha ? fraction(raster, bands - 1, pixel) : 1;
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    double value = WHITE * fraction(raster, colors == 1 ? 0 : channel, pixel);
                    samples[next++] = (byte) Math.round(opacity * value + (1 - opacity) * WHITE);
                }
            }
        }
        return new Picture(image.getWidth(), image.getHeight(), samples);
    }

    private static double fraction(WritableRaster raster, int band, int[] pixel) {
        int largest = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
        return pixel[band] / (double) largest;
    }

    /** Palettes and everything else whose samples are no colours themselves. */
    private static Picture fromColors(BufferedImage image) {
        byte[] samples = new byte[image.getWidth() * image.getHeight() * Picture.CHANNELS];
        int next = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int argb = image.getRGB(x, y);
                int opacity = argb >>> 24;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    int value = (argb >> shift) & 0xFF;
                    samples[next++] = (byte) Math.round((opacity * value + (255 - opacity) * WHITE) / 255.0);
                }
            }
        }
        return new Picture(image.getWidth(), image.getHeight(), samples);
    }
}
