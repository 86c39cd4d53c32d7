package dev.cyclestream.image;

import dev.cyclestream.image.ImageRejectedException.Reason;

/**
 * Counts the scans of a JPEG before it is decoded. Each costs a pass over the whole image, even an empty one: thousands fit
 * into 200 KB. Encoders write about 10.
 */
final class JpegScans {

    private static final int MOST = 100;
    private static final int MARKER = 0xFF;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_IMAGE = 2;
    private static final int MARKER_BYTES = 2;
    private static final int MARKER_AND_LENGTH = 4;

    private JpegScans() {}

    /**
     * How often the decoder goes over the first image of the file.
     *
     * @throws ImageRejectedException if it is more often than any encoder writes
     */
    static int requireFew(byte[] encoded) {
        int scans = count(encoded);
        if (scans > MOST) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE, "expected at most %d scans in a JPEG, found %d".formatted(MOST, scans));
        }
        return scans;
    }

    private static int count(byte[] encoded) {
        int scans = 0;
        int position = START_OF_IMAGE;
        while (position + MARKER_AND_LENGTH <= encoded.length) {
            int marker = encoded[position + 1] & 0xFF;
            if ((encoded[position] & 0xFF) == MARKER && marker == END_OF_IMAGE) {
                return scans; // what follows is another image, which is not read
            }
            if ((encoded[position] & 0xFF) != MARKER || !hasSegment(marker)) {
                position++; // entropy-coded data, or a marker that stands alone
                continue;
            }
            if (marker == START_OF_SCAN) {
                scans++;
            }
            int length = ((encoded[position + 2] & 0xFF) << 8) | (encoded[position + 3] & 0xFF);
            position += MARKER_BYTES + length;
        }
        return scans;
    }

    /** Whether a length and data follow: not behind stuffed zeros, fill bytes, restarts, start and end. */
    private static boolean hasSegment(int marker) {
        return marker >= 0xC0 && marker != MARKER && (marker < 0xD0 || marker > 0xD9);
    }
}
