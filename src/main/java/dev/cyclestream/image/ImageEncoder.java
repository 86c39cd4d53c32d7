package dev.cyclestream.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes images as PNG or JPEG; equal pixels give equal bytes. Safe for use by several threads. */
public final class ImageEncoder {

    /** High enough that the generator's detail, not JPEG's, is what one sees. */
    public static final float DEFAULT_JPEG_QUALITY = 0.92f;

    private final float jpegQuality;

    /** @param jpegQuality 0 (smallest) to 1 (best) */
    public ImageEncoder(float jpegQuality) {
        if (!(jpegQuality >= 0 && jpegQuality <= 1)) {
            throw new IllegalArgumentException("JPEG quality: expected 0 to 1, found " + jpegQuality);
        }
        this.jpegQuality = jpegQuality;
    }

    /** Encodes an image without any metadata. */
    public EncodedImage encode(RgbImage image, ImageFormat format) {
        ImageWriter writer =
                ImageIO.getImageWritersByMIMEType(format.contentType()).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (format == ImageFormat.JPEG) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(jpegQuality);
            }
            writer.setOutput(output);
            writer.write(null, new IIOImage(image.toBufferedImage(), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("encoding in memory failed", e);
        } finally {
            writer.dispose();
        }
        return new EncodedImage(format, image.width(), image.height(), bytes.toByteArray());
    }
}
