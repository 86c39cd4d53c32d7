package dev.cyclestream.image;

import java.nio.ByteBuffer;

/** An image as a file holds it. Immutable. */
public final class EncodedImage {

    private final ImageFormat format;
    private final int width;
    private final int height;
    private final byte[] bytes;

    /** Takes over the bytes. */
    EncodedImage(ImageFormat format, int width, int height, byte[] bytes) {
        this.format = format;
        this.width = width;
        this.height = height;
        this.bytes = bytes;
    }

    public ImageFormat format() {
        return format;
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** Length of the file in bytes. */
    public int size() {
        return bytes.length;
    }

    /** The file's bytes, read-only and not copied. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** A copy of the file's bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }
}
