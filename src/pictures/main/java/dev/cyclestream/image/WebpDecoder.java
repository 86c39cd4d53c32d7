package dev.cyclestream.image;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Reads WebP files by libwebp: the still picture, or the first frame of an animation on its canvas. */
record WebpDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, ImageLimits limits) throws IOException {
        WebpFile file = WebpFile.of(encoded);
        file.frame().ifPresent(canvas -> limits.requirePixels(canvas.width(), canvas.height()));
        try (OpenImage image = OpenImage.of(ImageFormat.WEBP, file.picture().toFile("WEBP"), limits)) {
            BufferedImage stored = image.read();
            BufferedImage inSrgb =
                    file.profile().map(profile -> profile.toSrgb(stored)).orElse(stored);
            return Pixels.decoded(
                    ImageFormat.WEBP,
                    file.frame().map(canvas -> canvas.draw(inSrgb)).orElse(inSrgb));
        } catch (UnsatisfiedLinkError e) {
            throw cannotLoad(e);
        }
    }

    /** No fault of the image, so that it is not taken for one. */
    private static UnsatisfiedLinkError cannotLoad(UnsatisfiedLinkError e) {
        UnsatisfiedLinkError error = new UnsatisfiedLinkError(
                "libwebp-imageio: expected it on java.library.path, or java.io.tmpdir (%s) to take libraries that may run"
                        .formatted(System.getProperty("java.io.tmpdir")));
        error.initCause(e);
        return error;
    }
}
