package dev.cyclestream.image;

import dev.cyclestream.image.ImageRejectedException.Reason;
import java.io.IOException;
import java.util.HexFormat;
import javax.imageio.IIOException;

/**
 * Decodes PNG, JPEG, WebP, GIF, BMP and TIFF within limits: the first image of the file, turned upright, in sRGB. Safe for
 * use by several threads.
 */
public final class ImageDecoder {

    private static final int SHOWN_BYTES = 8;

    private final ImageLimits limits;

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * The pixels of an encoded image.
     *
     * @throws ImageRejectedException if the bytes are no whole image within the limits
     */
    public DecodedImage decode(byte[] encoded) {
        if (encoded.length > limits.maxBytes()) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE,
                    "expected at most %d bytes, found %d".formatted(limits.maxBytes(), encoded.length));
        }
        ImageFormat format = formatOf(encoded);
        try {
            DecodedImage stored = FormatDecoder.of(format).decode(encoded, limits);
            return Orientation.of(format, encoded).upright(stored);
        } catch (ImageRejectedException e) {
            throw e;
        } catch (IIOException e) {
            throw rejected(e);
        } catch (IOException | RuntimeException e) {
            // ImageIO answers corrupt files with any of NullPointerException, NegativeArraySizeException, ...
            throw ImageRejectedException.damaged(describe(e), e);
        }
    }

    /** The format that the bytes begin like. */
    public static ImageFormat formatOf(byte[] encoded) {
        return ImageFormat.sniff(encoded)
                .orElseThrow(() -> new ImageRejectedException(
                        Reason.NOT_AN_IMAGE,
                        "expected PNG, JPEG, WebP, GIF, BMP or TIFF, found %d bytes%s"
                                .formatted(encoded.length, beginning(encoded))));
    }

    private static ImageRejectedException rejected(IIOException e) {
        boolean unsupported = describe(e).contains("nsupported");
        return unsupported
                ? ImageRejectedException.unsupported(describe(e), e)
                : ImageRejectedException.damaged(describe(e), e);
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
