package dev.cyclestream.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file format that images come in; results go out in the same where it can be written, otherwise as PNG. */
public enum ImageFormat {
    PNG("image/png", "png", "\\x89PNG\\r\\n\\x1A\\n"),
    JPEG("image/jpeg", "jpg", "\\xFF\\xD8"),
    WEBP("image/webp", "webp", "RIFF.{4}WEBP"),
    GIF("image/gif", "gif", "GIF8[79]a"),
    BMP("image/bmp", "bmp", "BM.{12}[\\x0C\\x10-\\x7C]\\x00{3}"),
    TIFF("image/tiff", "tif", "II[*+]\\x00|MM\\x00[*+]");

    /** Enough to know any of them by. */
    private static final int SIGNATURE_BYTES = 18;

    private final String contentType;
    private final String extension;
    private final Pattern signature;

    /** @param signature what files begin with, a character for each byte */
    ImageFormat(String contentType, String extension, String signature) {
        this.contentType = contentType;
        this.extension = extension;
        this.signature = Pattern.compile(signature, Pattern.DOTALL);
    }

    /** The format that these bytes begin like, whatever anyone says they are. */
    public static Optional<ImageFormat> sniff(byte[] encoded) {
        String beginning =
                new String(encoded, 0, Math.min(SIGNATURE_BYTES, encoded.length), StandardCharsets.ISO_8859_1);
        for (ImageFormat format : values()) {
            if (format.signature.matcher(beginning).lookingAt()) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** IANA media type. */
    public String contentType() {
        return contentType;
    }

    /** The usual file name extension, without the dot. */
    public String extension() {
        return extension;
    }

    /** The format of a translation of such a file: GIF has too few colours, BMP no place to say what made it. */
    public ImageFormat outputFormat() {
        return this == JPEG || this == TIFF ? this : PNG;
    }
}
