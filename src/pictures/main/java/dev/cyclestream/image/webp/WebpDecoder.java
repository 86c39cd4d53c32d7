package dev.cyclestream.image.webp;

import com.luciad.imageio.webp.WebPReadParam;
import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.decoding.Decoding;
import dev.cyclestream.image.decoding.Exif;
import dev.cyclestream.image.decoding.FormatDecoder;
import dev.cyclestream.image.decoding.ImageReaders;
import dev.cyclestream.image.decoding.OpenImage;
import dev.cyclestream.image.decoding.Orientation;
import dev.cyclestream.image.webp.RiffChunks.Chunk;
import dev.cyclestream.picture.PictureSize;
import dev.cyclestream.process.TemporaryFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** Reads WebP files by libwebp: the still picture, or the first frame of an animation on its canvas. */
public record WebpDecoder() implements FormatDecoder {

    /** Of memory: its samples as libwebp gives them, as its reader copies them, and on the canvas of an animation. */
    private static final int BYTES_OF_A_PIXEL = 12;

    /** As it is unpacked and as it is kept. */
    private static final long OPACITY_BYTES = 2;

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        WebpFile file = WebpFile.of(encoded);
        try (OpenImage image = OpenImage.of(reader(), file.picture().toFile("WEBP"), decoding)) {
            PictureSize size = file.frame()
                    .map(canvas -> new PictureSize(canvas.width(), canvas.height()))
                    .orElse(image.size());
            Optional<PictureSize> small = decoding.shrunkBeyondLimit(size);
            boolean isLossy = file.picture().first("VP8 ").isPresent(); // libwebp keeps all pixels of others
            if (isLossy && file.frame().isEmpty() && small.isPresent()) {
                return small(image, small.get(), file, decoding);
            }
            return decoding.whole(ImageFormat.WEBP, size, BYTES_OF_A_PIXEL, () -> {
                BufferedImage stored = read(image, image.defaultParam());
                BufferedImage inSrgb =
                        file.profile().map(profile -> profile.toSrgb(stored)).orElse(stored);
                return file.frame().map(canvas -> canvas.draw(inSrgb)).orElse(inSrgb);
            });
        } catch (UnsatisfiedLinkError e) {
            throw cannotLoad(e);
        }
    }

    /** Shrunk by libwebp while it reads, so that only opacity is all there at a time. */
    private static DecodedImage small(OpenImage image, PictureSize small, WebpFile file, Decoding decoding)
            throws IOException {
        // Twice as large where it can be: the rest is left to what shrinks all other images.
        boolean twice = 2L * small.width() <= image.size().width()
                && 2L * small.height() <= image.size().height();
        PictureSize read = twice ? new PictureSize(2 * small.width(), 2 * small.height()) : small;
        long opacity = file.picture().first("ALPH").isPresent()
                ? OPACITY_BYTES * image.size().pixels()
                : 0;
        long memory = opacity + read.pixels() * BYTES_OF_A_PIXEL;
        WebPReadParam param = (WebPReadParam) image.defaultParam();
        param.setUseScaling(true);
        param.setScaledWidth(read.width());
        param.setScaledHeight(read.height());
        return decoding.whole(ImageFormat.WEBP, memory, file.profile(), () -> read(image, param));
    }

    /**
     * The picture. libwebp says of some broken files that memory ran out, which its reader throws as an error without a message;
     * where Java's heap is out, the error has one.
     */
    private static BufferedImage read(OpenImage image, ImageReadParam param) throws IOException {
        try {
            return image.read(param);
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
                        .formatted(TemporaryFolder.given()));
        error.initCause(e);
        return error;
    }

    @Override
    public Orientation orientation(byte[] encoded) {
        return Exif.orientation(RiffChunks.of(encoded).first("EXIF").map(Chunk::data));
    }

    private static ImageReader reader() {
        return ImageReaders.ofLibwebp(ImageFormat.WEBP);
    }
}
