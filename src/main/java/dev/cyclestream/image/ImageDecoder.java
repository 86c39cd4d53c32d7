package dev.cyclestream.image;

import dev.cyclestream.image.ImageRejectedException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes PNG and JPEG within limits. Safe for use by several threads. */
public final class ImageDecoder {

    private static final int SHOWN_BYTES = 8;

    private final ImageLimits limits;

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * The pixels of an encoded image, alpha laid on white.
     *
     * @throws ImageRejectedException if the bytes are no whole image within the limits
     */
    public RgbImage decode(byte[] encoded) {
        if (encoded.length > limits.maxBytes()) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE,
                    "expected at most %d bytes, found %d".formatted(limits.maxBytes(), encoded.length));
        }
        ImageReader reader = reader(formatOf(encoded));
        // A PNG that lies about its length must not make the JDK write to disk.
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            reader.setInput(input, true, true);
            requireAcceptableSize(reader.getWidth(0), reader.getHeight(0));
            return Pixels.toRgb(read(reader));
        } catch (ImageRejectedException e) {
            throw e;
        } catch (IIOException e) {
            throw rejected(e);
        } catch (IOException | RuntimeException e) {
            // ImageIO answers corrupt files with any of NullPointerException, NegativeArraySizeException, ...
            throw new ImageRejectedException(Reason.DAMAGED_IMAGE, "the image is damaged: " + describe(e), e);
        } finally {
            reader.dispose();
        }
    }

    /** The format that the bytes begin like. */
    public static ImageFormat formatOf(byte[] encoded) {
        return ImageFormat.sniff(encoded)
                .orElseThrow(() -> new ImageRejectedException(
                        Reason.NOT_AN_IMAGE,
                        "expected PNG or JPEG, found %d bytes%s".formatted(encoded.length, beginning(encoded))));
    }

    private void requireAcceptableSize(int width, int height) {
        if ((long) width * height > limits.maxPixels()) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE,
                    "expected at most %d pixels, found %d x %d".formatted(limits.maxPixels(), width, height));
        }
        if (Math.min(width, height) < ImageLimits.MIN_SIDE) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_SMALL,
                    "expected at least %d pixels a side, found %d x %d".formatted(ImageLimits.MIN_SIDE, width, height));
        }
    }

    /** Reads the image; a JPEG that is cut off makes no exception, only a warning. */
    private static BufferedImage read(ImageReader reader) throws IOException {
        String[] warning = new String[1];
        IIOReadWarningListener listener = (source, text) -> warning[0] = text;
        reader.addIIOReadWarningListener(listener);
        BufferedImage image = reader.read(0);
        if (warning[0] != null) {
            throw new ImageRejectedException(Reason.DAMAGED_IMAGE, "the image is damaged: " + warning[0]);
        }
        return image;
    }

    private static ImageReader reader(ImageFormat format) {
        return ImageIO.getImageReadersByMIMEType(format.contentType()).next();
    }

    private static ImageRejectedException rejected(IIOException e) {
        boolean unsupported = describe(e).startsWith("Unsupported");
        return new ImageRejectedException(
                unsupported ? Reason.UNSUPPORTED_IMAGE : Reason.DAMAGED_IMAGE,
                (unsupported ? "the image is of a kind that is not read: " : "the image is damaged: ") + describe(e),
                e);
    }

    private static String describe(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String beginning(byte[] encoded) {
        int shown = Math.min(SHOWN_BYTES, encoded.length);
        return shown == 0
                ? ""
                : " that begin with " + HexFormat.ofDelimiter(" ").formatHex(encoded, 0, shown);
    }
}
