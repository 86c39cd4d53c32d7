package dev.cyclestream.image;

import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Which of ImageIO's readers is used for a format: never left to the order in which jars are found. */
final class ImageReaders {

    /** They read what the JDK's own do not: CMYK, colour profiles, WebP. */
    private static final String PREFERRED = "com.twelvemonkeys.";

    private ImageReaders() {}

    static ImageReader of(ImageFormat format) {
        ImageReader found = null;
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(format.contentType());
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (found == null || reader.getClass().getName().startsWith(PREFERRED)) {
                found = reader;
            }
        }
        if (found == null) {
            throw new IllegalStateException(format + ": no reader is installed");
        }
        return found;
    }
}
