package dev.cyclestream.trainer.data;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Picture files: reads what ImageIO knows (PNG, JPEG, GIF, BMP, ...) as 8-bit RGB with alpha laid on white; writes PNG.
 *
 * <p>TwelveMonkeys' JPEG reader, which its jar registers, reads CMYK and YCCK; the JDK's own does not.
 */
public final class PictureFile {

    private static final int WHITE = 255;

    /** Of a JPEG that breaks off only a warning tells; other warnings are of colour profiles and the like. */
    private static final Pattern DAMAGE = Pattern.compile("corrupt|premature|truncated", Pattern.CASE_INSENSITIVE);

    static {
        // Pictures are small, and the JDK's cache files need a shutdown hook: a run that is being stopped draws its
        // last ones.
        ImageIO.setUseCache(false);
    }

    private PictureFile() {}

    /**
     * Decodes the first image in the file and turns it upright, as its EXIF orientation says.
     *
     * @throws InvalidDataException if the file holds no image, or one that is damaged
     */
    public static Picture read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
            ImageReader reader = reader(file, input);
            List<String> warnings = new ArrayList<>();
            try {
                reader.setInput(input, true, true);
                reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
                Picture picture = toPicture(reader.read(0));
                for (String warning : warnings) {
                    if (DAMAGE.matcher(warning).find()) {
                        throw new IOException(warning);
                    }
                }
                return picture.turned(orientation(content));
            } catch (IOException | RuntimeException e) {
                throw new InvalidDataException(
                        "%s: is damaged or of a kind that is not read: %s".formatted(file, e.getMessage()), e);
            } finally {
                reader.dispose();
            }
        }
    }

    /** The EXIF orientation, 1 to 8; 1 where there is none, or none that can be read. */
    private static int orientation(byte[] content) throws IOException {
        try {
            Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(content));
            ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer orientation = exif == null ? null : exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
            return orientation != null && orientation >= 1 && orientation <= 8 ? orientation : 1;
        } catch (ImageProcessingException e) {
            return 1; // a kind of file without such metadata
        }
    }

    /** Writes an image as PNG and makes the folders above it. */
    public static void writePng(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException(file + ": this JDK cannot write PNG");
        }
    }

    /** An image file as JPEG, scaled down to a width if it is wider. */
    public static byte[] toJpeg(Path file, int mostWidth) throws IOException {
        Picture picture = read(file);
        if (picture.width() > mostWidth) {
            picture = picture.resize(mostWidth, picture.height() * mostWidth / picture.width());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(picture.toBufferedImage(), "jpeg", bytes)) {
            throw new IOException(file + ": this JDK cannot write JPEG");
        }
        return bytes.toByteArray();
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
