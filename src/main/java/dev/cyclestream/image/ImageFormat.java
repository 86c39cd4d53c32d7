package dev.cyclestream.image;

import java.util.HexFormat;
import java.util.Optional;

/** A file format that images come and go in. */
public enum ImageFormat {
    PNG("image/png", "png", "89504e470d0a1a0a"),
    JPEG("image/jpeg", "jpg", "ffd8ff");

    private final String contentType;
    private final String extension;
    private final String signature;

    ImageFormat(String contentType, String extension, String signature) {
        this.contentType = contentType;
        this.extension = extension;
        this.signature = signature;
    }

    /** The format that these bytes begin like, whatever anyone says they are. */
    public static Optional<ImageFormat> sniff(byte[] encoded) {
        for (ImageFormat format : values()) {
            if (format.matches(encoded)) {
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

    private boolean matches(byte[] encoded) {
        int length = signature.length() / 2;
        return encoded.length >= length
                && HexFormat.of().formatHex(encoded, 0, length).equals(signature);
    }
}
