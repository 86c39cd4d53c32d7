import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Decodes every file that the standard input names, a line each, as the translator does: {@code Decode.java FOLDER}. Writes the
 * pixels of line N on white to {@code FOLDER/N.ppm}, alpha that is there to {@code FOLDER/N.pgm}, and a line for each file to the
 * standard output: {@code decoded} or the reason, a tab, the message, a tab, and how long a copy of the file was that is cut off
 * and comes out with other pixels nevertheless, if there is one.
 */
final class Decode {

    private static final ImageLimits LIMITS = new ImageLimits(64 << 20, 120_000_000, Duration.ofSeconds(60));
    private static final ImageDecoder DECODER = new ImageDecoder(LIMITS);
    private static final int LARGEST_TO_CUT = 1 << 20;
    private static final int MOST_PIXELS_TO_CUT = 4_000_000;
    private static final double[] SHARES = {0.25, 0.5, 0.75, 0.95};

    private Decode() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String[] files = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
        String results = String.join(
                "\n",
                IntStream.range(0, files.length)
                        .parallel()
                        .mapToObj(line -> outcome(Path.of(files[line]), folder.resolve(Integer.toString(line))))
                        .toList());
        System.out.write((results + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static String outcome(Path file, Path pixels) {
        try {
            byte[] encoded = Files.readAllBytes(file);
            DecodedImage image = DECODER.decode(encoded);
            int width = image.color().width();
            int height = image.color().height();
            write(pixels + ".ppm", "P6", width, height, image.color().samples());
            if (image.alpha().isPresent()) {
                write(pixels + ".pgm", "P5", width, height, image.alpha().get().samples());
            }
            return "decoded\t" + width + " x " + height + "\t" + cutOff(encoded, image);
        } catch (ImageRejectedException e) {
            return e.reason() + "\t" + e.getMessage().replaceAll("\\s+", " ") + "\t";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            return "THROWN\t" + e.toString().replaceAll("\\s+", " ") + "\t";
        }
    }

    /** The length of a copy that comes out, and not like the whole; empty if there is none. */
    private static String cutOff(byte[] encoded, DecodedImage whole) {
        if (encoded.length <= LARGEST_TO_CUT && whole.color().width() * whole.color().height() <= MOST_PIXELS_TO_CUT) {
            for (double share : SHARES) {
                byte[] copy = Arrays.copyOf(encoded, (int) (encoded.length * share));
                if (comesOutOther(copy, whole)) {
                    return copy.length + " of " + encoded.length;
                }
            }
        }
        return "";
    }

    private static boolean comesOutOther(byte[] copy, DecodedImage whole) {
        try {
            DecodedImage image = DECODER.decode(copy);
            return !(image.color().samples().equals(whole.color().samples())
                    && image.alpha().map(alpha -> alpha.samples()).equals(whole.alpha().map(alpha -> alpha.samples())));
        } catch (ImageRejectedException e) {
            return false;
        }
    }

    private static void write(String file, String kind, int width, int height, ByteBuffer samples) throws IOException {
        try (OutputStream output = Files.newOutputStream(Path.of(file));
                WritableByteChannel channel = Channels.newChannel(output)) {
            output.write("%s %d %d 255\n".formatted(kind, width, height).getBytes(StandardCharsets.US_ASCII));
            channel.write(samples);
        }
    }
}
