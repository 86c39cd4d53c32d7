package dev.cyclestream.trainer.data;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.SizePolicy;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.BicubicResampler;
import dev.cyclestream.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import javax.imageio.ImageIO;

/**
 * Picture files: reads what the translator reads, by its decoder, so that networks learn from the pixels that they will be
 * given; writes PNG.
 */
public final class PictureFile {

    /** Wider than what strangers may send to a translator: who trains knows the pictures. */
    private static final ImageLimits LIMITS = new ImageLimits(512 << 20, 400_000_000, Duration.ofMinutes(2));

    private static final ImageDecoder DECODER = new ImageDecoder(LIMITS);

    /** More pixels than networks of today learn from, and fewer than bring a heap of ordinary size to its end. */
    private static final SizePolicy ENOUGH = new SizePolicy.AtMost(25_000_000);

    /** As much of a file as tells what it is. */
    private static final int BEGINNING = 4096;

    static {
        // What is written is small, and cache files need a shutdown hook: a run that is stopped draws its last samples.
        ImageIO.setUseCache(false);
    }

    private PictureFile() {}

    /**
     * The first image in the file, upright, in sRGB, laid on white where it is not opaque.
     *
     * @throws InvalidDataException if the file holds no image, one that is damaged, or one of more than 400 megapixels
     */
    public static Picture read(Path file) throws IOException {
        return read(file, DECODER::decode);
    }

    /**
     * As {@link #read} does, for what is resized to much less anyway: more than 25 megapixels are shrunk to 25 while they are
     * read, and may be 16 times as many where the format can be read so (JPEG, TIFF, BMP and most PNG).
     *
     * @throws InvalidDataException as there
     */
    static Picture readEnough(Path file) throws IOException {
        return read(file, encoded -> DECODER.decode(encoded, ENOUGH));
    }

    private static Picture read(Path file, Function<byte[], DecodedImage> decode) throws IOException {
        try {
            requireModest(file);
            return decode.apply(Files.readAllBytes(file)).color();
        } catch (ImageRejectedException e) {
            throw new InvalidDataException("%s: %s".formatted(file, e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            throw new InvalidDataException(
                    "%s: expected a picture that fits into Java's heap of %d MiB beside others, found a file of %d bytes"
                            .formatted(file, Runtime.getRuntime().maxMemory() >> 20, Files.size(file)),
                    e);
        } catch (UnsatisfiedLinkError e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Says what a file is that is too large to be looked at whole, such as a video. */
    private static void requireModest(Path file) throws IOException {
        if (Files.size(file) > LIMITS.maxBytes()) {
            try (InputStream input = Files.newInputStream(file)) {
                ImageDecoder.formatOf(input.readNBytes(BEGINNING));
            }
            throw new InvalidDataException("%s: expected a file of at most %d bytes, found %d"
                    .formatted(file, LIMITS.maxBytes(), Files.size(file)));
        }
    }

    /** Writes an image as PNG and makes the folders above it. */
    public static void writePng(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException(file + ": this JDK cannot write PNG");
        }
    }

    /** An image file as JPEG, scaled down to a width if it is wider. */
    public static byte[] toJpeg(Path file, int mostWidth) throws IOException {
        Picture picture = readEnough(file);
        if (picture.width() > mostWidth) {
            picture = BicubicResampler.resize(picture, mostWidth, picture.height() * mostWidth / picture.width());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(picture.toBufferedImage(), "jpeg", bytes)) {
            throw new IOException(file + ": this JDK cannot write JPEG");
        }
        return bytes.toByteArray();
    }
}
