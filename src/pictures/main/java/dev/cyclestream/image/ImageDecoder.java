package dev.cyclestream.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.cyclestream.image.ImageRejectedException.Reason;
import java.awt.color.CMMException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes PNG, JPEG, WebP, GIF, BMP and TIFF within limits: the first image of the file, turned upright, in sRGB. Safe for
 * use by several threads.
 */
public final class ImageDecoder {

    private static final int SHOWN_BYTES = 8;

    /**
     * Of a JPEG that is cut off or corrupt only a warning tells. Others are of what can be ignored: padding, colour profiles
     * and markers that contradict each other.
     */
    private static final Pattern DAMAGE = Pattern.compile(
            "^(?!.*(ignoring|extraneous)).*(corrupt|premature|truncated)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

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
        if (format == ImageFormat.JPEG) {
            JpegScans.requireFew(encoded);
        }
        ImageReader reader = ImageReaders.of(format);
        // In memory: a file that lies about its length must not make the JDK write to disk.
        try (ImageInputStream input = new ByteArrayImageInputStream(encoded)) {
            reader.setInput(input, false, format != ImageFormat.GIF);
            requireAcceptableSize(reader.getWidth(0), reader.getHeight(0));
            BufferedImage stored = read(reader, format, encoded);
            return Orientation.of(format, encoded).upright(Pixels.decoded(format, stored));
        } catch (ImageRejectedException e) {
            throw e;
        } catch (IIOException e) {
            throw rejected(e);
        } catch (IOException | RuntimeException e) {
            // ImageIO answers corrupt files with any of NullPointerException, NegativeArraySizeException, ...
            throw damaged(describe(e), e);
        } finally {
            reader.dispose();
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

    private void requireAcceptableSize(int width, int height) {
        if ((long) width * height > limits.maxPixels()) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE,
                    "expected at most %d pixels, found %d x %d".formatted(limits.maxPixels(), width, height));
        }
    }

    private BufferedImage read(ImageReader reader, ImageFormat format, byte[] encoded) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, text) -> warnings.add(text));
        BufferedImage image;
        try (DecodingTime time = DecodingTime.limit(limits.maxDecodingTime(), reader::abort)) {
            image = reader.read(0);
            if (time.isOver()) {
                throw new ImageRejectedException(
                        Reason.DECODING_TOO_SLOW,
                        "expected to be decoded within %s, was not".formatted(limits.maxDecodingTime()));
            }
        }
        for (String warning : warnings) {
            if (DAMAGE.matcher(warning).find()) {
                throw damaged(warning, null);
            }
        }
        if (format == ImageFormat.GIF) {
            GifCanvas canvas = GifCanvas.of(encoded, reader);
            requireAcceptableSize(canvas.width(), canvas.height());
            return canvas.draw(image);
        }
        return format == ImageFormat.PNG ? inProfile(image, encoded) : image;
    }

    /** ImageIO does not look at the colour profile of a PNG; one that is broken is as good as none. */
    private static BufferedImage inProfile(BufferedImage image, byte[] encoded) {
        try {
            return PngProfile.of(encoded).map(profile -> profile.attach(image)).orElse(image);
        } catch (CMMException | IllegalArgumentException e) {
            return image;
        }
    }

    private static ImageRejectedException rejected(IIOException e) {
        boolean unsupported = describe(e).contains("nsupported");
        return unsupported
                ? new ImageRejectedException(
                        Reason.UNSUPPORTED_IMAGE, "the image is of a kind that is not read: " + describe(e), e)
                : damaged(describe(e), e);
    }

    private static ImageRejectedException damaged(String what, Exception cause) {
        return new ImageRejectedException(Reason.DAMAGED_IMAGE, "the image is damaged: " + what, cause);
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
