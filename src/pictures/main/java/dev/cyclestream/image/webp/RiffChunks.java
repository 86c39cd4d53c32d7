package dev.cyclestream.image.webp;

import dev.cyclestream.image.ImageRejectedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chunks of a RIFF file, or those inside one of them, each with its name, length and data.
 *
 * @param all in the order of the file
 */
record RiffChunks(List<Chunk> all) {

    private static final int NAME_AND_LENGTH = 8;
    private static final int FORM_BYTES = 4;

    /**
     * A named part.
     *
     * @param whole the name and the length as well as the data, without padding
     */
    record Chunk(String name, ByteBuffer whole) {
        ByteBuffer data() {
            return whole.slice(NAME_AND_LENGTH, whole.limit() - NAME_AND_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** @throws ImageRejectedException if the file ends before one of its chunks does */
    static RiffChunks of(byte[] file) {
        if (file.length < NAME_AND_LENGTH + FORM_BYTES) {
            throw ImageRejectedException.damaged(
                    "RIFF: expected a header, found %d bytes".formatted(file.length), null);
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long end = NAME_AND_LENGTH + Integer.toUnsignedLong(bytes.getInt(4));
        // Some writers leave out the last byte of padding.
        if (end > file.length + 1L) {
            throw ImageRejectedException.damaged("RIFF: expected %d bytes, found %d".formatted(end, file.length), null);
        }
        bytes.limit((int) Math.min(end, file.length));
        return of(bytes.position(Math.min(NAME_AND_LENGTH + FORM_BYTES, bytes.limit())));
    }

    /** @param bytes chunks from its position on */
    static RiffChunks of(ByteBuffer bytes) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer rest = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        while (rest.remaining() >= NAME_AND_LENGTH) {
            int begin = rest.position();
            String name = name(rest);
            long length = Integer.toUnsignedLong(rest.getInt());
            if (length > rest.remaining()) {
                throw ImageRejectedException.damaged(
                        "chunk \"%s\": expected %d bytes, found %d".formatted(name, length, rest.remaining()), null);
            }
            chunks.add(new Chunk(name, rest.slice(begin, NAME_AND_LENGTH + (int) length)));
            rest.position((int) Math.min(rest.limit(), begin + NAME_AND_LENGTH + length + length % 2));
        }
        return new RiffChunks(chunks);
    }

    Optional<Chunk> first(String name) {
        return all.stream().filter(chunk -> chunk.name().equals(name)).findFirst();
    }

    /** A RIFF file of this form with these chunks. */
    byte[] toFile(String form) {
        int length = FORM_BYTES;
        for (Chunk chunk : all) {
            length += chunk.whole().limit() + chunk.whole().limit() % 2;
        }
        ByteBuffer file = ByteBuffer.allocate(NAME_AND_LENGTH + length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(length).put(ascii(form));
        for (Chunk chunk : all) {
            file.put(chunk.whole().duplicate().rewind());
            file.position(file.position() + file.position() % 2);
        }
        return file.array();
    }

    /** @param data put behind the name and its length */
    static Chunk chunk(String name, byte... data) {
        ByteBuffer whole = ByteBuffer.allocate(NAME_AND_LENGTH + data.length).order(ByteOrder.LITTLE_ENDIAN);
        whole.put(ascii(name)).putInt(data.length).put(data);
        return new Chunk(name, whole.flip());
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String name(ByteBuffer file) {
        byte[] name = new byte[4];
        file.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
