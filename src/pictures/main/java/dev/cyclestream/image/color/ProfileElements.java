package dev.cyclestream.image.color;

import java.nio.ByteBuffer;

/**
 * Counts what a colour profile asks for before littleCMS works on it, which nothing can stop: elements of processing ("mpet") are
 * applied one after the other to each of 36,000 colours, and segments of a curve ("curf") are searched from end to end. A kilobyte
 * of them took half a minute.
 */
final class ProfileElements {

    private static final int ELEMENTS = 0x6D706574;
    private static final int COUNT_OFFSET = 12;

    /** Real profiles have up to 5. */
    private static final int MOST_ELEMENTS = 16;

    private static final int SEGMENTS = 0x63757266;
    private static final int SEGMENTS_OFFSET = 8;
    private static final int MOST_SEGMENTS = 64;

    private ProfileElements() {}

    /** @param tag of a profile, from its type on */
    static boolean areFew(ByteBuffer tag) {
        if (tag.limit() < COUNT_OFFSET + Integer.BYTES || tag.getInt(0) != ELEMENTS) {
            return true;
        }
        boolean few = Integer.compareUnsigned(tag.getInt(COUNT_OFFSET), MOST_ELEMENTS) <= 0;
        for (int at = 0; few && at + SEGMENTS_OFFSET + Short.BYTES <= tag.limit(); at++) {
            few = tag.getInt(at) != SEGMENTS
                    || Short.toUnsignedInt(tag.getShort(at + SEGMENTS_OFFSET)) <= MOST_SEGMENTS;
        }
        return few;
    }
}
