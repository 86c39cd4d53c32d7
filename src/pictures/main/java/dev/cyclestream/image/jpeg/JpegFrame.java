package dev.cyclestream.image.jpeg;

import dev.cyclestream.image.ImageRejectedException;
import java.nio.ByteBuffer;

/**
 * The header of a JPEG's frame.
 *
 * @param marker which process the pixels are coded by
 * @param precision bits a sample
 * @param ids a name of one byte for each component
 */
public record JpegFrame(int marker, int precision, int height, int width, String ids) {

    /** Components of a picture in cyan, magenta, yellow and black. */
    static final int INKS = 4;

    private static final int PROGRESSIVE = 0xC2;
    private static final int LOSSLESS = 0xC3;
    private static final int JPEG_LS = 0xF7;
    private static final int HEADER_BYTES = 6;
    private static final int COMPONENT_BYTES = 3;

    /** True if the marker begins a frame, and not tables of one. */
    static boolean isFrame(int marker) {
        return marker == JPEG_LS
                || (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC);
    }

    /** @throws ImageRejectedException if it is cut off */
    static JpegFrame of(int marker, ByteBuffer segment) {
        int components = segment.limit() < HEADER_BYTES ? 0 : Byte.toUnsignedInt(segment.get(HEADER_BYTES - 1));
        if (components == 0 || segment.limit() < HEADER_BYTES + components * COMPONENT_BYTES) {
            throw ImageRejectedException.damaged(
                    "JPEG: expected a frame of 1 component or more, found %d bytes".formatted(segment.limit()), null);
        }
        StringBuilder ids = new StringBuilder();
        for (int component = 0; component < components; component++) {
            ids.append((char) Byte.toUnsignedInt(segment.get(HEADER_BYTES + component * COMPONENT_BYTES)));
        }
        return new JpegFrame(
                marker,
                Byte.toUnsignedInt(segment.get(0)),
                Short.toUnsignedInt(segment.getShort(1)),
                Short.toUnsignedInt(segment.getShort(3)),
                ids.toString());
    }

    int components() {
        return ids.length();
    }

    boolean isInks() {
        return components() == INKS;
    }

    boolean isNamedRgb() {
        return ids.equals("RGB");
    }

    /** Each pixel is coded by its neighbours, not by frequencies. */
    boolean isLossless() {
        return marker == LOSSLESS;
    }

    boolean isProgressive() {
        return marker == PROGRESSIVE;
    }

    /** @throws ImageRejectedException if it is of a kind that no reader here reads */
    void requireSupported() {
        if (marker == JPEG_LS) {
            throw ImageRejectedException.unsupported("JPEG-LS", null);
        }
        if (marker > 0xC8) {
            throw ImageRejectedException.unsupported("JPEG with arithmetic coding", null);
        }
        if (marker > LOSSLESS) {
            throw ImageRejectedException.unsupported("hierarchical JPEG", null);
        }
        if (height == 0) {
            throw ImageRejectedException.unsupported("JPEG that states its height behind the pixels", null);
        }
        if (precision != Byte.SIZE && !isLossless()) {
            throw ImageRejectedException.unsupported("JPEG of %d bits a sample".formatted(precision), null);
        }
        if (components() == 2 || components() > INKS || (isInks() && isLossless())) {
            throw ImageRejectedException.unsupported("JPEG of %d components".formatted(components()), null);
        }
    }
}
