package dev.cyclestream.image.decoding;

import dev.cyclestream.image.ImageFormat;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** ImageIO's readers by who made them: which one is used is never left to the order in which jars are found. */
public final class ImageReaders {

    private static final String JDK = "com.sun.imageio.";
    private static final String TWELVE_MONKEYS = "com.twelvemonkeys.";
    private static final String LIBWEBP = "com.luciad.";

    private ImageReaders() {}

    /** The JDK's own; of JPEG it gives lines as they are decoded. */
    public static ImageReader ofJdk(ImageFormat format) {
        return of(format, JDK);
    }

    /** The one of TwelveMonkeys. */
    public static ImageReader ofTwelveMonkeys(ImageFormat format) {
        return of(format, TWELVE_MONKEYS);
    }

    /** The one that calls libwebp. */
    public static ImageReader ofLibwebp(ImageFormat format) {
        return of(format, LIBWEBP);
    }

    private static ImageReader of(ImageFormat format, String preferred) {
        ImageReader found = null;
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(format.contentType());
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (found == null || reader.getClass().getName().startsWith(preferred)) {
                found = reader;
            }
        }
        if (found == null) {
            throw new IllegalStateException(format + ": no reader is installed");
        }
        return found;
    }
}
