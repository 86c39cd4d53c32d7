package dev.cyclestream.image;

import dev.cyclestream.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Encodes images as PNG, JPEG or TIFF; equal pixels give equal bytes. Nothing of an input's metadata comes through. Safe for
 * use by several threads.
 */
public final class ImageEncoder {

    /** High enough that the generator's detail, not JPEG's, is what one sees. */
    public static final float DEFAULT_JPEG_QUALITY = 0.92f;

    private static final int XMP_TAG = 700;

    private final float jpegQuality;

    /** @param jpegQuality 0 (smallest) to 1 (best) */
    public ImageEncoder(float jpegQuality) {
        if (!(jpegQuality >= 0 && jpegQuality <= 1)) {
            throw new IllegalArgumentException("JPEG quality: expected 0 to 1, found " + jpegQuality);
        }
        this.jpegQuality = jpegQuality;
    }

    /** Encodes a picture without any metadata. */
    public EncodedImage encode(Picture image, ImageFormat format) {
        byte[] bytes = write(image.toBufferedImage(), format, Optional.empty());
        return new EncodedImage(format, image.width(), image.height(), bytes);
    }

    /** Encodes in the format of the file that the image came from, or the nearest that can be written, with its alpha. */
    public EncodedImage encode(DecodedImage image, MachineMark mark) {
        ImageFormat format = image.format().outputFormat();
        BufferedImage pixels = image.alpha().isPresent() && format != ImageFormat.JPEG
                ? image.alpha().get().over(image.color())
                : image.color().toBufferedImage();
        byte[] written = write(pixels, format, Optional.of(mark));
        byte[] marked = format == ImageFormat.TIFF ? written : XmpPacket.insert(mark.packet(), format, written);
        return new EncodedImage(format, image.color().width(), image.color().height(), marked);
    }

    private byte[] write(BufferedImage pixels, ImageFormat format, Optional<MachineMark> mark) {
        ImageWriter writer = writer(format);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (format == ImageFormat.JPEG) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(jpegQuality);
            } else if (format == ImageFormat.TIFF) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionType("Deflate");
            }
            writer.setOutput(output);
            IIOMetadata metadata = format == ImageFormat.TIFF && mark.isPresent()
                    ? tiffMetadata(writer, parameters, pixels, mark.get())
                    : null;
            writer.write(null, new IIOImage(pixels, null, metadata), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("encoding in memory failed", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static IIOMetadata tiffMetadata(
            ImageWriter writer, ImageWriteParam parameters, BufferedImage pixels, MachineMark mark) throws IOException {
        byte[] packet = mark.packet();
        TIFFDirectory directory = TIFFDirectory.createFromMetadata(
                writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(pixels), parameters));
        TIFFTag tag = new TIFFTag("XMP", XMP_TAG, 1 << TIFFTag.TIFF_BYTE);
        directory.addTIFFField(new TIFFField(tag, TIFFTag.TIFF_BYTE, packet.length, packet));
        return directory.getAsMetadata();
    }

    /** The JDK's own writer, whatever else is installed. */
    private static ImageWriter writer(ImageFormat format) {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByMIMEType(format.contentType());
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.imageio.")) {
                return writer;
            }
        }
        throw new IllegalStateException(format + ": no writer is installed");
    }
}
