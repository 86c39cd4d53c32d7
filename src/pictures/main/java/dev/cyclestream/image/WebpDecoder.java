package dev.cyclestream.image;

import dev.cyclestream.image.RiffChunks.Chunk;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Reads WebP files by libwebp: the still picture, or the first frame of an animation on its canvas. */
record WebpDecoder() implements FormatDecoder {

    /** Of memory: its samples as libwebp gives them, as its reader copies them, and on the canvas of an animation. */
    private static final int BYTES_OF_A_PIXEL = 12;

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        WebpFile file = WebpFile.of(encoded);
        try (OpenImage image = OpenImage.of(ImageFormat.WEBP, file.picture().toFile("WEBP"), decoding)) {
            ImageSize size = file.frame()
                    .map(canvas -> new ImageSize(canvas.width(), canvas.height()))
                    .orElse(image.size());
            return decoding.whole(ImageFormat.WEBP, size, BYTES_OF_A_PIXEL, () -> {
                BufferedImage stored = read(image);
                BufferedImage inSrgb =
                        file.profile().map(profile -> profile.toSrgb(stored)).orElse(stored);
                return file.frame().map(canvas -> canvas.draw(inSrgb)).orElse(inSrgb);
            });
        } catch (UnsatisfiedLinkError e) {
            throw cannotLoad(e);
        }
    }

    /**
     * The picture. libwebp says of some broken files that memory ran out, which its reader throws as an error without a message;
     * where Java's heap is out, the error has one.
     */
    private static BufferedImage read(OpenImage image) throws IOException {
        try {
            return image.read();
        } catch (OutOfMemoryError e) {
            if (e.getMessage() != null) {
                throw e;
            }
            throw ImageRejectedException.damaged("libwebp finds no memory for what it asks for", null);
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

    @Override
    public Orientation orientation(byte[] encoded) {
        return Exif.orientation(RiffChunks.of(encoded).first("EXIF").map(Chunk::data));
    }
}
