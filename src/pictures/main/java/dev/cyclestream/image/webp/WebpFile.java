package dev.cyclestream.image.webp;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.color.ColorProfile;
import dev.cyclestream.image.decoding.FrameCanvas;
import dev.cyclestream.image.webp.RiffChunks.Chunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a WebP file that make its first picture.
 *
 * @param frame where an animation's first picture stands; empty for a still picture
 * @param profile empty if it has none, or a broken one
 */
record WebpFile(RiffChunks picture, Optional<FrameCanvas> frame, Optional<ColorProfile> profile) {

    private static final int CANVAS_WIDTH = 4;
    private static final int CANVAS_HEIGHT = 7;
    private static final int EXTENDED_HEADER = 10;
    private static final int FRAME_HEADER = 16;
    private static final byte HAS_ALPHA = 0x10;

    /** @throws ImageRejectedException if a part of it is cut off, or there is no picture */
    static WebpFile of(byte[] encoded) {
        RiffChunks chunks = RiffChunks.of(encoded);
        Optional<ColorProfile> profile = chunks.first("ICCP").map(Chunk::data).flatMap(ColorProfile::of);
        Optional<Chunk> frame = chunks.first("ANMF");
        if (frame.isEmpty()) {
            return new WebpFile(only(chunks, "VP8X", "ALPH", "VP8 ", "VP8L"), Optional.empty(), profile);
        }
        ByteBuffer canvas = header(chunks, "VP8X", EXTENDED_HEADER);
        ByteBuffer placed = header(chunks, "ANMF", FRAME_HEADER);
        FrameCanvas place = new FrameCanvas(
                1 + threeBytes(canvas, CANVAS_WIDTH),
                1 + threeBytes(canvas, CANVAS_HEIGHT),
                2 * threeBytes(placed, 0),
                2 * threeBytes(placed, 3));
        int width = 1 + threeBytes(placed, 6);
        int height = 1 + threeBytes(placed, 9);
        if (place.left() + width > place.width() || place.top() + height > place.height()) {
            throw ImageRejectedException.damaged(
                    "animation: expected a first frame within %d x %d pixels, found %d x %d at (%d, %d)"
                            .formatted(place.width(), place.height(), width, height, place.left(), place.top()),
                    null);
        }
        return new WebpFile(still(placed), Optional.of(place), profile);
    }

    private static ByteBuffer header(RiffChunks chunks, String name, int length) {
        return chunks.first(name)
                .map(Chunk::data)
                .filter(data -> data.limit() >= length)
                .orElseThrow(() -> ImageRejectedException.damaged(
                        "chunk \"%s\": expected at least %d bytes".formatted(name, length), null));
    }

    /** A frame as a file of its own: what a still picture has, and an extended header where it has alpha beside it. */
    private static RiffChunks still(ByteBuffer frame) {
        RiffChunks parts = RiffChunks.of(frame.slice(FRAME_HEADER, frame.limit() - FRAME_HEADER));
        List<Chunk> chunks = new ArrayList<>(only(parts, "ALPH", "VP8 ", "VP8L").all());
        if (parts.first("ALPH").isPresent()) {
            byte[] header = new byte[EXTENDED_HEADER];
            header[0] = HAS_ALPHA;
            frame.get(6, header, CANVAS_WIDTH, 6); // width and height are written alike in both
            chunks.add(0, RiffChunks.chunk("VP8X", header));
        }
        return new RiffChunks(chunks);
    }

    private static RiffChunks only(RiffChunks chunks, String... names) {
        List<String> wanted = List.of(names);
        return new RiffChunks(chunks.all().stream()
                .filter(chunk -> wanted.contains(chunk.name()))
                .toList());
    }

    private static int threeBytes(ByteBuffer data, int offset) {
        return Short.toUnsignedInt(data.getShort(offset)) | (data.get(offset + 2) & 0xFF) << 16;
    }
}
