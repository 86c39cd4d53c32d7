package dev.cyclestream.image.bmp;

/** Pixels of a BMP that are packed as runs of equal ones: RLE8, RLE4, and the RLE24 of OS/2. */
final class BmpRuns {

    private static final int END_OF_ROW = 0;
    private static final int END_OF_IMAGE = 1;
    private static final int JUMP = 2;

    private final BmpHeader header;
    private final byte[] file;
    private final int[] pixels;
    private int at;
    private int x;
    private int y;

    BmpRuns(BmpHeader header, byte[] file) {
        this.header = header;
        this.file = file;
        this.at = header.pixels();
        this.pixels = new int[header.width() * header.height()];
    }

    /** In the order of the file, row by row; those that are jumped over are 0. */
    int[] unpack() {
        while (true) {
            if (at >= file.length && isFull()) {
                return pixels; // only the end mark is missing
            }
            int count = next();
            if (count > 0) {
                repeat(count);
                continue;
            }
            int code = next();
            switch (code) {
                case END_OF_ROW -> {
                    x = 0;
                    y++;
                }
                case END_OF_IMAGE -> {
                    return pixels;
                }
                case JUMP -> {
                    x += next();
                    y += next();
                }
                default -> copy(code);
            }
        }
    }

    private boolean isFull() {
        return y >= header.height() || (y == header.height() - 1 && x >= header.width());
    }

    private void repeat(int count) {
        if (header.bits() == 4) {
            int pair = next();
            for (int i = 0; i < count; i++) {
                put(i % 2 == 0 ? pair >> 4 : pair & 0xF);
            }
        } else {
            int pixel = pixel();
            for (int i = 0; i < count; i++) {
                put(pixel);
            }
        }
    }

    private void copy(int count) {
        int start = at;
        int pair = 0;
        for (int i = 0; i < count; i++) {
            if (header.bits() != 4) {
                put(pixel());
            } else if (i % 2 == 0) {
                pair = next();
                put(pair >> 4);
            } else {
                put(pair & 0xF);
            }
        }
        at += (at - start) % 2;
    }

    private int pixel() {
        return header.bits() == 24 ? next() | next() << 8 | next() << 16 : next();
    }

    private void put(int pixel) {
        if (x < header.width() && y < header.height()) {
            pixels[y * header.width() + x] = pixel;
        }
        x++;
    }

    private int next() {
        if (at >= file.length) {
            throw BmpHeader.damaged(
                    "expected %d rows, found %d".formatted(header.height(), Math.min(y, header.height())));
        }
        return file[at++] & 0xFF;
    }
}
