package dev.cyclestream.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A JPEG with what its pixels need and nothing else, so that libjpeg in the JDK gives them line by line: of what is beside them only
 * the colour profile counts, and that is applied to each strip.
 */
final class PlainJpeg {

    private static final int MARKER = 0xFF;
    private static final int START_OF_SCAN = 0xDA;
    private static final int COMMENT = 0xFE;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP0 = 0xE0;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final String PROFILE = "ICC_PROFILE\0";
    private static final int FRAME_COMPONENTS = 5;
    private static final int COMPONENT_BYTES = 3;
    private static final int ADOBE_TRANSFORM = 11;
    private static final String JFIF = "\u00FF\u00E0\0\20JFIF\0\1\1\0\0\1\0\1\0\0";
    private static final String ADOBE_RGB = "\u00FF\u00EE\0\16Adobe\0d\0\0\0\0\0";

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Map<Integer, ByteBuffer> profileParts = new TreeMap<>();
    private Optional<ByteBuffer> frame = Optional.empty();
    private Optional<Integer> adobeTransform = Optional.empty();
    private boolean isJfif;
    private ByteBuffer scans = ByteBuffer.allocate(0);

    private PlainJpeg() {}

    /** Empty if the file is of another structure, or has other colours than grey and RGB. */
    static Optional<PlainJpeg> of(byte[] encoded) {
        PlainJpeg jpeg = new PlainJpeg();
        ByteBuffer file = ByteBuffer.wrap(encoded).position(2);
        while (file.remaining() > 2 * Short.BYTES) {
            int prefix = Byte.toUnsignedInt(file.get());
            int marker = Byte.toUnsignedInt(file.get());
            while (marker == MARKER && file.hasRemaining()) {
                marker = Byte.toUnsignedInt(file.get());
            }
            if (prefix != MARKER || file.remaining() < Short.BYTES) {
                return Optional.empty();
            }
            int start = file.position();
            int length = Short.toUnsignedInt(file.getShort());
            if (marker == START_OF_SCAN) {
                jpeg.scans = file.position(start).slice();
                return jpeg.components() == 1 || jpeg.components() == RgbImage.CHANNELS
                        ? Optional.of(jpeg)
                        : Optional.empty();
            }
            if (length < Short.BYTES || length > file.limit() - start) {
                return Optional.empty();
            }
            jpeg.take(marker, file.slice(start + Short.BYTES, length - Short.BYTES));
            file.position(start + length);
        }
        return Optional.empty();
    }

    private void take(int marker, ByteBuffer segment) {
        if (marker == APP0 && startsWith(segment, "JFIF\0")) {
            isJfif = true;
        } else if (marker == APP14 && startsWith(segment, "Adobe") && segment.remaining() > ADOBE_TRANSFORM) {
            adobeTransform = Optional.of(Byte.toUnsignedInt(segment.get(ADOBE_TRANSFORM)));
        } else if (marker == APP2 && startsWith(segment, PROFILE) && segment.remaining() > PROFILE.length() + 2) {
            int number = Byte.toUnsignedInt(segment.get(PROFILE.length()));
            int data = PROFILE.length() + 2;
            profileParts.putIfAbsent(number, segment.slice(data, segment.remaining() - data));
        } else if ((marker < APP0 || marker > APP15) && marker != COMMENT) {
            if (isFrame(marker)) {
                frame = Optional.of(segment);
            }
            kept.write(MARKER);
            kept.write(marker);
            kept.write((segment.remaining() + Short.BYTES) >> 8);
            kept.write(segment.remaining() + Short.BYTES);
            writeAll(kept, segment);
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private int components() {
        return frame.filter(header -> header.remaining() > FRAME_COMPONENTS)
                .map(header -> Byte.toUnsignedInt(header.get(FRAME_COMPONENTS)))
                .orElse(0);
    }

    /** As libjpeg decides, which the JDK does otherwise where no marker says it. */
    private boolean isRgb() {
        if (isJfif || components() == 1) {
            return false;
        }
        return adobeTransform.map(transform -> transform == 0).orElseGet(() -> {
            StringBuilder ids = new StringBuilder();
            ByteBuffer header = frame.orElseThrow();
            for (int component = 0; component < components(); component++) {
                int at = FRAME_COMPONENTS + 1 + component * COMPONENT_BYTES;
                ids.append(at < header.limit() ? (char) header.get(at) : '?');
            }
            return ids.toString().equals("RGB");
        });
    }

    /** The file. An end is added, so that libjpeg complains of missing pixels only, not of a missing end. */
    byte[] toBytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream(scans.remaining() + kept.size() + 64);
        file.writeBytes(new byte[] {(byte) MARKER, (byte) 0xD8});
        if (components() == RgbImage.CHANNELS) {
            file.writeBytes((isRgb() ? ADOBE_RGB : JFIF).getBytes(StandardCharsets.ISO_8859_1));
        }
        file.writeBytes(kept.toByteArray());
        file.writeBytes(new byte[] {(byte) MARKER, (byte) START_OF_SCAN});
        writeAll(file, scans);
        file.writeBytes(new byte[] {(byte) MARKER, (byte) END_OF_IMAGE});
        return file.toByteArray();
    }

    /** The profile in its parts; one that is broken is as good as none. */
    Optional<ColorProfile> profile() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        profileParts.values().forEach(part -> writeAll(whole, part));
        return ColorProfile.of(ByteBuffer.wrap(whole.toByteArray()));
    }

    private static void writeAll(ByteArrayOutputStream target, ByteBuffer source) {
        target.write(source.array(), source.arrayOffset() + source.position(), source.remaining());
    }

    private static boolean startsWith(ByteBuffer segment, String beginning) {
        byte[] bytes = beginning.getBytes(StandardCharsets.ISO_8859_1);
        return segment.remaining() >= bytes.length
                && segment.slice(0, bytes.length).equals(ByteBuffer.wrap(bytes));
    }
}
