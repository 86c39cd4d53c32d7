import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageDecoder;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Decodes every file that the standard input names, a line each, as the translator does: {@code Decode.java FOLDER}. Writes the
 * pixels of line N on white to {@code FOLDER/N.ppm}, alpha that is there to {@code FOLDER/N.pgm}, and a line for each file to the
 * standard output: {@code decoded} or the reason, a tab, and the message.
 */
final class Decode {

    private static final ImageLimits LIMITS = new ImageLimits(64 << 20, 120_000_000, Duration.ofSeconds(60));

    private Decode() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        ImageDecoder decoder = new ImageDecoder(LIMITS);
        PrintStream results = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String[] files = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
        for (int line = 0; line < files.length; line++) {
            results.println(outcome(decoder, Path.of(files[line]), folder.resolve(Integer.toString(line))));
        }
    }

    private static String outcome(ImageDecoder decoder, Path file, Path pixels) throws IOException {
        try {
            DecodedImage image = decoder.decode(Files.readAllBytes(file));
            int width = image.color().width();
            int height = image.color().height();
            write(pixels + ".ppm", "P6", width, height, image.color().samples());
            if (image.alpha().isPresent()) {
                write(pixels + ".pgm", "P5", width, height, image.alpha().get().samples());
            }
            return "decoded\t" + width + " x " + height;
        } catch (ImageRejectedException e) {
            return e.reason() + "\t" + e.getMessage().replaceAll("\\s+", " ");
        } catch (RuntimeException | Error e) {
            return "THROWN\t" + e;
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
