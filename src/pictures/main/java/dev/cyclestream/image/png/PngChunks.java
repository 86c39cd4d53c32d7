package dev.cyclestream.image.png;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.color.ColorProfile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The chunks of a PNG, each with its type and data.
 *
 * @param all in the order of the file, up to its end or what is cut off
 */
record PngChunks(List<Chunk> all) {

    private static final int SIGNATURE = 8;
    private static final int LENGTH = 4;
    private static final int TYPE = 4;
    private static final int CRC = 4;

    /** EXIF is seldom longer than what a JPEG can hold. */
    private static final int MOST_EXIF_BYTES = 1 << 18;

    /** A named part. */
    record Chunk(String type, ByteBuffer data) {
        /** True if the picture cannot be made without it. */
        boolean isCritical() {
            return Character.isUpperCase(type.charAt(0));
        }
    }

    /** @throws ImageRejectedException if the checksum of a chunk that pixels depend on is wrong */
    static PngChunks of(byte[] encoded) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer file = ByteBuffer.wrap(encoded).position(Math.min(SIGNATURE, encoded.length));
        while (file.remaining() >= LENGTH + TYPE + CRC) {
            int begin = file.position();
            int length = file.getInt();
            if (length < 0 || length > file.remaining() - TYPE - CRC) {
                break; // the decoder tells whether pixels are missing
            }
            byte[] type = new byte[TYPE];
            file.get(type);
            Chunk chunk = new Chunk(new String(type, StandardCharsets.ISO_8859_1), file.slice(file.position(), length));
            file.position(file.position() + length);
            int expected = file.getInt();
            if (chunk.isCritical()) {
                requireChecksum(chunk, encoded, begin + LENGTH, TYPE + length, expected);
            }
            chunks.add(chunk);
            if (chunk.type().equals("IEND")) {
                break;
            }
        }
        return new PngChunks(chunks);
    }

    private static void requireChecksum(Chunk chunk, byte[] encoded, int begin, int length, int expected) {
        CRC32 crc = new CRC32();
        crc.update(encoded, begin, length);
        if ((int) crc.getValue() != expected) {
            throw ImageRejectedException.damaged(
                    "PNG chunk %s: expected the checksum %08X, found %08X"
                            .formatted(chunk.type(), (int) crc.getValue(), expected),
                    null);
        }
    }

    /** The data of the first chunk of this type. */
    Optional<ByteBuffer> first(String type) {
        return all.stream()
                .filter(chunk -> chunk.type().equals(type))
                .findFirst()
                .map(chunk -> chunk.data().slice());
    }

    /** The colour profile; empty if there is none, or a broken one. */
    Optional<ColorProfile> profile() {
        return first("iCCP")
                .flatMap(PngChunks::behindName)
                .flatMap(data -> inflate(data, ColorProfile.MOST_BYTES))
                .flatMap(ColorProfile::of);
    }

    /** Of a chunk of its own, or of text in which ImageMagick and others write it. */
    Optional<ByteBuffer> exif() {
        return first("eXIf")
                .or(() -> all.stream()
                        .flatMap(chunk -> rawProfile(chunk).stream())
                        .findFirst());
    }

    private static Optional<ByteBuffer> rawProfile(Chunk chunk) {
        ByteBuffer data = chunk.data().slice();
        if (!isExif(name(data))) {
            return Optional.empty();
        }
        Optional<ByteBuffer> text = switch (chunk.type()) {
            case "tEXt" -> behindZero(data);
            case "zTXt" -> behindName(data).flatMap(packed -> inflate(packed, 2 * MOST_EXIF_BYTES));
            case "iTXt" -> international(data);
            default -> Optional.empty();
        };
        return text.flatMap(PngChunks::fromHex);
    }

    /** Name, zero, whether it is compressed, how, language, zero, name in it, zero, text. */
    private static Optional<ByteBuffer> international(ByteBuffer data) {
        Optional<ByteBuffer> text = behindName(data)
                .filter(rest -> rest.limit() > 1)
                .flatMap(rest -> behindZero(rest.slice(1, rest.limit() - 1)))
                .flatMap(PngChunks::behindZero);
        boolean compressed =
                data.limit() > name(data).length() + 1 && data.get(name(data).length() + 1) == 1;
        return compressed ? text.flatMap(packed -> inflate(packed, 2 * MOST_EXIF_BYTES)) : text;
    }

    private static Optional<ByteBuffer> behindZero(ByteBuffer data) {
        int behind = name(data).length() + 1;
        return behind < data.limit() ? Optional.of(data.slice(behind, data.limit() - behind)) : Optional.empty();
    }

    private static boolean isExif(String name) {
        return name.equals("Raw profile type exif") || name.equals("Raw profile type APP1");
    }

    private static String name(ByteBuffer data) {
        StringBuilder name = new StringBuilder();
        for (int at = 0; at < data.limit() - 1 && data.get(at) != 0; at++) {
            name.append((char) data.get(at));
        }
        return name.toString();
    }

    /** Name, zero, compression method, compressed data. */
    private static Optional<ByteBuffer> behindName(ByteBuffer data) {
        int behind = name(data).length() + 2;
        return behind < data.limit() ? Optional.of(data.slice(behind, data.limit() - behind)) : Optional.empty();
    }

    private static Optional<ByteBuffer> inflate(ByteBuffer packed, int most) {
        Inflater inflater = new Inflater();
        inflater.setInput(packed);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 13];
        try {
            while (!inflater.finished()) {
                int length = inflater.inflate(part);
                whole.write(part, 0, length);
                if (length == 0 || whole.size() > most) {
                    return Optional.empty();
                }
            }
            return Optional.of(ByteBuffer.wrap(whole.toByteArray()));
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    /** A line with a name, one with a length, and bytes in hexadecimal digits. */
    private static Optional<ByteBuffer> fromHex(ByteBuffer text) {
        byte[] characters = new byte[text.remaining()];
        text.get(characters);
        String[] lines =
                new String(characters, StandardCharsets.ISO_8859_1).strip().split("\\s+", 3);
        try {
            return lines.length < 3
                    ? Optional.empty()
                    : Optional.of(ByteBuffer.wrap(HexFormat.of().parseHex(lines[2].replaceAll("\\s", ""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
