package dev.cyclestream.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds a named part of an encoded image without reading any other: PNG chunks, RIFF chunks of WebP, application segments
 * of JPEG. Lengths that point outside the file end the search.
 */
final class FileParts {

    private static final int PNG_SIGNATURE = 8;
    private static final int PNG_CRC = 4;
    private static final int RIFF_HEADER = 12;
    private static final int NAME_AND_LENGTH = 8;
    private static final int JPEG_MARKER = 2;
    private static final int START_OF_SCAN = 0xDA;

    private FileParts() {}

    /** The data of the first PNG chunk of this type before the pixels. */
    static Optional<ByteBuffer> pngChunk(byte[] encoded, String type) {
        ByteBuffer file = ByteBuffer.wrap(encoded).position(Math.min(PNG_SIGNATURE, encoded.length));
        while (file.remaining() >= NAME_AND_LENGTH) {
            int length = file.getInt();
            String found = name(file);
            if (length < 0 || length > file.remaining() - PNG_CRC || found.equals("IDAT")) {
                return Optional.empty();
            }
            if (found.equals(type)) {
                return Optional.of(file.slice(file.position(), length));
            }
            file.position(file.position() + length + PNG_CRC);
        }
        return Optional.empty();
    }

    /** The data of the first RIFF chunk of this type. */
    static Optional<ByteBuffer> riffChunk(byte[] encoded, String type) {
        ByteBuffer file =
                ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).position(Math.min(RIFF_HEADER, encoded.length));
        while (file.remaining() >= NAME_AND_LENGTH) {
            String found = name(file);
            int length = file.getInt();
            if (length < 0 || length > file.remaining()) {
                return Optional.empty();
            }
            if (found.equals(type)) {
                return Optional.of(file.slice(file.position(), length));
            }
            file.position(Math.min(file.limit(), file.position() + length + length % 2));
        }
        return Optional.empty();
    }

    /** What follows the identifier in the first application segment of a JPEG that has this marker and begins with it. */
    static Optional<ByteBuffer> jpegSegment(byte[] encoded, int marker, String identifier) {
        byte[] beginning = identifier.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file = ByteBuffer.wrap(encoded).position(Math.min(JPEG_MARKER, encoded.length));
        while (file.remaining() >= JPEG_MARKER + Short.BYTES) {
            int prefix = Byte.toUnsignedInt(file.get());
            int found = Byte.toUnsignedInt(file.get());
            int length = Short.toUnsignedInt(file.getShort()) - Short.BYTES;
            if (prefix != 0xFF || found == START_OF_SCAN || length < 0 || length > file.remaining()) {
                return Optional.empty();
            }
            ByteBuffer segment = file.slice(file.position(), length);
            if (found == marker && startsWith(segment, beginning)) {
                return Optional.of(segment.slice(beginning.length, length - beginning.length));
            }
            file.position(file.position() + length);
        }
        return Optional.empty();
    }

    private static boolean startsWith(ByteBuffer segment, byte[] beginning) {
        return segment.remaining() >= beginning.length
                && segment.slice(0, beginning.length).equals(ByteBuffer.wrap(beginning));
    }

    private static String name(ByteBuffer file) {
        byte[] name = new byte[4];
        file.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
