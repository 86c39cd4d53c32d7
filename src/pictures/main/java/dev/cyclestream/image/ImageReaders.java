package dev.cyclestream.image;

import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Which of ImageIO's readers is used for a format: never left to the order in which jars are found. */
final class ImageReaders {

    private static final String JDK = "com.sun.imageio.";
    private static final String TWELVE_MONKEYS = "com.twelvemonkeys.";
    private static final String LIBWEBP = "com.luciad.";

    private ImageReaders() {}

    /** The JDK's own for JPEG, which gives lines as they are decoded. */
    static ImageReader libjpeg() {
        return of(ImageFormat.JPEG, JDK);
    }

    static ImageReader of(ImageFormat format) {
        return of(format, preferred(format));
    }

    private static String preferred(ImageFormat format) {
        return switch (format) {
            case PNG, GIF -> JDK;
            case JPEG, BMP, TIFF -> TWELVE_MONKEYS;
            case WEBP -> LIBWEBP;
        };
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
