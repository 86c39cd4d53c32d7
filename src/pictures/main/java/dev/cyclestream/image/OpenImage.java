package dev.cyclestream.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.cyclestream.image.ImageRejectedException.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A file that one of ImageIO's readers has open. */
final class OpenImage implements AutoCloseable {

    /**
     * Of a JPEG that is cut off or corrupt only a warning tells. Others are of what can be ignored: padding, colour profiles
     * and markers that contradict each other.
     */
    private static final Pattern DAMAGE = Pattern.compile(
            "^(?!.*(ignoring|extraneous)).*(corrupt|premature|truncated)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final ImageReader reader;
    private final ImageInputStream input;
    private final ImageLimits limits;

    private OpenImage(ImageReader reader, ImageInputStream input, ImageLimits limits) {
        this.reader = reader;
        this.input = input;
        this.limits = limits;
    }

    /** In memory: a file that lies about its length must not make the JDK write to disk. */
    static OpenImage of(ImageFormat format, byte[] encoded, ImageLimits limits) {
        ImageReader reader = ImageReaders.of(format);
        ImageInputStream input = new ByteArrayImageInputStream(encoded);
        reader.setInput(input, false, format != ImageFormat.GIF);
        return new OpenImage(reader, input, limits);
    }

    ImageReader reader() {
        return reader;
    }

    /**
     * The first image.
     *
     * @throws ImageRejectedException if it has too many pixels, takes too long, or the reader warns of damage
     */
    BufferedImage read() throws IOException {
        limits.requirePixels(reader.getWidth(0), reader.getHeight(0));
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
                throw ImageRejectedException.damaged(warning, null);
            }
        }
        return image;
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        input.close();
    }
}
