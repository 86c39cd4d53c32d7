package dev.cyclestream.image;

import java.io.ByteArrayOutputStream;

/**
 * A GIF with its first frame and nothing else: ImageIO joins the parts of a comment one by one, which takes minutes for some
 * megabytes of it.
 */
final class GifFirstFrame {

    private static final int HEADER_BYTES = 13;
    private static final int FLAGS_OFFSET = 10;
    private static final int HAS_COLORS = 0x80;
    private static final int COLORS = 0x07;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int IMAGE = 0x2C;

    private final byte[] file;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private GifFirstFrame(byte[] file) {
        this.file = file;
    }

    /** What cannot be followed is kept, for the reader to complain of. */
    static byte[] of(byte[] encoded) {
        return new GifFirstFrame(encoded).cut();
    }

    private byte[] cut() {
        int at = Math.min(file.length, HEADER_BYTES + (file.length > FLAGS_OFFSET ? colorBytes(FLAGS_OFFSET) : 0));
        kept.write(file, 0, at);
        while (at + 2 < file.length && (file[at] & 0xFF) == EXTENSION) {
            int end = endOfBlocks(at + 2);
            if ((file[at + 1] & 0xFF) == GRAPHIC_CONTROL) {
                kept.write(file, at, end - at);
            }
            at = end;
        }
        kept.write(file, at, endOfFrame(at) - at);
        return kept.toByteArray();
    }

    /** The end of the file where no image begins here. */
    private int endOfFrame(int at) {
        int flags = at + 9;
        if (flags + 2 >= file.length || (file[at] & 0xFF) != IMAGE) {
            return file.length;
        }
        return endOfBlocks(Math.min(file.length, flags + 1 + colorBytes(flags) + 1));
    }

    private int colorBytes(int flagsOffset) {
        int flags = file[flagsOffset];
        return (flags & HAS_COLORS) == 0 ? 0 : RgbImage.CHANNELS << ((flags & COLORS) + 1);
    }

    private int endOfBlocks(int start) {
        int at = start;
        while (at < file.length && file[at] != 0) {
            at += 1 + (file[at] & 0xFF);
        }
        return Math.min(file.length, at + 1);
    }
}
