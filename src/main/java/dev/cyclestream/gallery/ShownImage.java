package dev.cyclestream.gallery;

import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.SizePolicy;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.Picture;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** An encoded image, and what pages show of it: browsers do not draw TIFF. Immutable. */
public final class ShownImage {

    /** The most that a decoder of this application takes from anyone who may set its limits. */
    private static final ImageLimits LIMITS = new ImageLimits(256 << 20, 100_000_000, Duration.ofSeconds(60));

    private static final ImageDecoder DECODER = new ImageDecoder(LIMITS);
    private static final ImageEncoder ENCODER = new ImageEncoder(ImageEncoder.DEFAULT_JPEG_QUALITY);
    private static final int LONGEST_SIDE = 512;
    private static final SizePolicy SUBSTITUTE = new SizePolicy.Fit(384); // twice what a card shows
    private static final int MOST_BYTES = 128 << 10;

    private final byte[] encoded;
    private final ImageFormat format;

    private ShownImage(byte[] encoded, ImageFormat format) {
        this.encoded = encoded;
        this.format = format;
    }

    /**
     * Takes over the bytes.
     *
     * @throws ImageRejectedException if they are no image
     */
    public static ShownImage of(byte[] encoded) {
        return new ShownImage(encoded, ImageDecoder.formatOf(encoded));
    }

    /**
     * The pixels, laid on white.
     *
     * @throws ImageRejectedException if the image is damaged
     */
    public Picture decode() {
        return DECODER.decode(encoded).color();
    }

    /** As it is, unless browsers do not show it or it is large: then as a JPEG of at most 512 pixels a side. */
    public ShownImage forPage() {
        Picture pixels = decode();
        boolean isSmall = Math.max(pixels.width(), pixels.height()) <= LONGEST_SIDE && encoded.length <= MOST_BYTES;
        if (isSmall && format != ImageFormat.TIFF) {
            return this;
        }
        return jpeg(pixels.fit(LONGEST_SIDE));
    }

    /** A JPEG of at most 384 pixels a side in place of what browsers do not draw; empty where they do, or it cannot be read. */
    Optional<ShownImage> substitute() {
        if (format != ImageFormat.TIFF) {
            return Optional.empty();
        }
        try {
            return Optional.of(jpeg(DECODER.decode(encoded, SUBSTITUTE).color()));
        } catch (ImageRejectedException e) {
            return Optional.empty();
        }
    }

    private static ShownImage jpeg(Picture pixels) {
        return new ShownImage(ENCODER.encode(pixels, ImageFormat.JPEG).toBytes(), ImageFormat.JPEG);
    }

    public boolean hasBytesOf(ShownImage other) {
        return Arrays.equals(encoded, other.encoded);
    }

    /** For the source of an element. */
    public String dataUri() {
        return "data:%s;base64,%s"
                .formatted(format.contentType(), Base64.getEncoder().encodeToString(encoded));
    }
}
