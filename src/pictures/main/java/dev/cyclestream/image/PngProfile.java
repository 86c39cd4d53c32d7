package dev.cyclestream.image;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Finds the colour profile in a PNG. */
final class PngProfile {

    private PngProfile() {}

    /** What the file holds; empty if there is none, or none that can be read. */
    static Optional<ColorProfile> of(byte[] encoded) {
        return FileParts.pngChunk(encoded, "iCCP").flatMap(PngProfile::inflate).flatMap(ColorProfile::of);
    }

    /** Name, zero, compression method, compressed profile. */
    private static Optional<ByteBuffer> inflate(ByteBuffer chunk) {
        while (chunk.hasRemaining() && chunk.get() != 0) {}
        if (!chunk.hasRemaining() || chunk.get() != 0) {
            return Optional.empty();
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(chunk);
            byte[] profile = new byte[ColorProfile.MOST_BYTES];
            int length = inflater.inflate(profile);
            return inflater.finished() ? Optional.of(ByteBuffer.wrap(profile, 0, length)) : Optional.empty();
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
