package dev.cyclestream.image.format;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.image.SizePolicy;
import dev.cyclestream.image.decoding.Decoding;
import dev.cyclestream.image.decoding.FormatDecoder;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
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
     * The pixels of an encoded image, at its own size.
     *
     * @throws ImageRejectedException if the bytes are no whole image within the limits
     */
    public DecodedImage decode(byte[] encoded) {
        return decode(encoded, Optional.empty());
    }

    /**
     * The pixels of an encoded image, at the size that the policy says. Most files can be shrunk while they are read; of those the
     * limit of pixels is 16 times as high.
     *
     * @throws ImageRejectedException if the bytes are no whole image within the limits, or the policy takes none of that size
     */
    public DecodedImage decode(byte[] encoded, SizePolicy policy) {
        return decode(encoded, Optional.of(policy));
    }

    private DecodedImage decode(byte[] encoded, Optional<SizePolicy> policy) {
        if (encoded.length > limits.maxBytes()) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE,
                    "expected at most %d bytes, found %d".formatted(limits.maxBytes(), encoded.length));
        }
        ImageFormat format = formatOf(encoded);
        try (Decoding decoding = new Decoding(limits, policy)) {
            return decode(format, encoded, decoding);
        } catch (ImageRejectedException e) {
            throw e;
        } catch (IIOException e) {
            throw rejected(e);
        } catch (IOException | RuntimeException e) {
            // ImageIO answers corrupt files with any of NullPointerException, NegativeArraySizeException, ...
            throw ImageRejectedException.damaged(describe(e), e);
        }
    }

    private static DecodedImage decode(ImageFormat format, byte[] encoded, Decoding decoding) throws IOException {
        try {
            FormatDecoder decoder = FormatDecoders.of(format);
            DecodedImage stored = decoder.decode(encoded, decoding);
            return decoding.sized(decoder.orientation(encoded).upright(stored));
        } catch (IOException | RuntimeException e) {
            decoding.requireInTime(); // a reader that is made to end may say anything
            throw e;
        }
    }

    /** The format that the bytes begin like. */
    public static ImageFormat formatOf(byte[] encoded) {
        return ImageFormat.sniff(encoded).orElseThrow(() -> unread(encoded));
    }

    private static ImageRejectedException unread(byte[] encoded) {
        return UnreadFormat.sniff(encoded)
                .map(format -> ImageRejectedException.unsupported(format.title(), null))
                .orElseGet(() -> new ImageRejectedException(
                        Reason.NOT_AN_IMAGE,
                        "expected PNG, JPEG, WebP, GIF, BMP or TIFF, found %d bytes%s"
                                .formatted(encoded.length, beginning(encoded))));
    }

    private static ImageRejectedException rejected(IIOException e) {
        // libjpeg says that a marker is unsupported where it is none.
        boolean unsupported = describe(e).contains("nsupported") && !describe(e).contains("nsupported marker");
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
