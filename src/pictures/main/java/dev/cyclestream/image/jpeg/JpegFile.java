package dev.cyclestream.image.jpeg;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.color.ColorProfile;
import dev.cyclestream.picture.Picture;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A JPEG taken apart as libjpeg does it: stray bytes and fill bytes before a marker are passed over, what follows the pixels
 * does not count, and an end that is missing is no damage while no pixel is. libjpeg in the JDK gets what the pixels need and
 * nothing else, so that broken metadata breaks nothing.
 */
public final class JpegFile {

    private static final int MARKER = 0xFF;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int COMMENT = 0xFE;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int PAUSE_BYTES = 1 << 13;
    private static final String EXIF = "Exif\0\0";
    private static final String PROFILE = "ICC_PROFILE\0";
    private static final String JFIF = "JFIF\0";
    private static final String ADOBE = "Adobe";
    private static final int ADOBE_TRANSFORM = 11;

    private final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    private final Map<Integer, ByteBuffer> profileParts = new TreeMap<>();
    private final JpegScans scans = new JpegScans();
    private Optional<ByteBuffer> exif = Optional.empty();
    private Optional<JpegFrame> frame = Optional.empty();
    private Optional<Integer> adobeTransform = Optional.empty();
    private boolean isJfif;
    private boolean isEnded;

    private JpegFile() {}

    /** @throws ImageRejectedException if it ends before its pixels do, as far as the markers tell */
    static JpegFile of(byte[] encoded) {
        JpegFile jpeg = new JpegFile();
        ByteBuffer file = ByteBuffer.wrap(encoded).position(Short.BYTES);
        int marker = nextMarker(file);
        while (marker != END_OF_IMAGE && jpeg.take(marker, file, encoded)) {
            marker = nextMarker(file);
        }
        jpeg.isEnded = marker == END_OF_IMAGE && encoded[file.position() - 1] == (byte) END_OF_IMAGE;
        if (!jpeg.isEnded && jpeg.frame.isPresent() && !jpeg.scans.hasAll(jpeg.frame.get())) {
            throw ImageRejectedException.damaged(
                    "JPEG: expected more scans, found the end behind %d".formatted(jpeg.scans()), null);
        }
        return jpeg;
    }

    /** The header of the frame alone, of a file that may have nothing but tables. */
    public static Optional<JpegFrame> firstFrame(byte[] encoded) {
        ByteBuffer file = ByteBuffer.wrap(encoded).position(Math.min(Short.BYTES, encoded.length));
        int marker = nextMarker(file);
        while (marker != END_OF_IMAGE && marker != START_OF_SCAN) {
            if (!standsAlone(marker)) {
                int length = file.remaining() < Short.BYTES ? 0 : Short.toUnsignedInt(file.getShort(file.position()));
                if (length < Short.BYTES || length > file.remaining()) {
                    return Optional.empty();
                }
                if (JpegFrame.isFrame(marker)) {
                    return Optional.of(
                            JpegFrame.of(marker, file.slice(file.position() + Short.BYTES, length - Short.BYTES)));
                }
                file.position(file.position() + length);
            }
            marker = nextMarker(file);
        }
        return Optional.empty();
    }

    private static boolean standsAlone(int marker) {
        return marker == 1 || (marker >= 0xD0 && marker <= START_OF_IMAGE);
    }

    /** Passes over what is before a marker, and over the marker; the end of the file counts as the marker of the end. */
    private static int nextMarker(ByteBuffer file) {
        while (file.hasRemaining()) {
            if (Byte.toUnsignedInt(file.get()) == MARKER) {
                int marker = MARKER;
                while (marker == MARKER && file.hasRemaining()) {
                    marker = Byte.toUnsignedInt(file.get());
                }
                if (marker != 0 && marker != MARKER) {
                    return marker;
                }
            }
        }
        return END_OF_IMAGE;
    }

    /** True if more of the picture follows behind this marker. */
    private boolean take(int marker, ByteBuffer file, byte[] encoded) {
        if (standsAlone(marker)) {
            return true;
        }
        int length = file.remaining() < Short.BYTES ? 0 : Short.toUnsignedInt(file.getShort(file.position()));
        if (length < Short.BYTES || length > file.remaining()) {
            if (frame.isPresent() && scans.hasAll(frame.get())) {
                return false; // what else is written behind the pixels
            }
            throw ImageRejectedException.damaged(
                    "JPEG: expected %d bytes behind marker %02X, found %d".formatted(length, marker, file.remaining()),
                    null);
        }
        ByteBuffer segment = file.slice(file.position() + Short.BYTES, length - Short.BYTES);
        if (marker == COMMENT || (marker >= APP0 && marker <= APP15)) {
            takeApart(marker, segment);
            file.position(file.position() + length);
            return true;
        }
        if (JpegFrame.isFrame(marker)) {
            frame = frame.or(() -> Optional.of(JpegFrame.of(marker, segment)));
        }
        int end = file.position() + length;
        if (marker == START_OF_SCAN) {
            scans.add(segment);
            end = endOfScan(encoded, end);
            if (scans.count() > 1) {
                writePause();
            }
        }
        pixels.write(MARKER);
        pixels.write(marker);
        pixels.write(encoded, file.position(), end - file.position());
        file.position(end);
        return true;
    }

    /**
     * Before a scan, as much of what is passed over as libjpeg reads at a time, and more: it looks at nothing else while it goes
     * over all the picture for scan after scan, so this is where it can be stopped.
     */
    private void writePause() {
        ByteBuffer comment = ByteBuffer.allocate(Short.BYTES + PAUSE_BYTES);
        comment.put((byte) MARKER).put((byte) COMMENT).putShort((short) PAUSE_BYTES);
        pixels.writeBytes(comment.array());
    }

    /** The place of the next marker that is none of the stuffed zeros and restarts of entropy-coded data. */
    private static int endOfScan(byte[] file, int begin) {
        for (int at = begin; at < file.length - 1; at++) {
            int next = file[at + 1] & 0xFF;
            if ((file[at] & 0xFF) == MARKER && next != 0 && next != MARKER && (next < 0xD0 || next > 0xD7)) {
                return at;
            }
        }
        return file.length;
    }

    private void takeApart(int marker, ByteBuffer segment) {
        if (marker == APP0 && startsWith(segment, JFIF)) {
            isJfif = true;
        } else if (marker == APP1 && startsWith(segment, EXIF)) {
            exif = exif.or(() -> Optional.of(rest(segment, EXIF.length())));
        } else if (marker == APP2 && startsWith(segment, PROFILE) && segment.limit() > PROFILE.length() + 2) {
            profileParts.putIfAbsent(
                    Byte.toUnsignedInt(segment.get(PROFILE.length())), rest(segment, PROFILE.length() + 1));
        } else if (marker == APP14 && startsWith(segment, ADOBE) && segment.limit() > ADOBE_TRANSFORM) {
            adobeTransform = Optional.of(Byte.toUnsignedInt(segment.get(ADOBE_TRANSFORM)));
        }
    }

    private static ByteBuffer rest(ByteBuffer segment, int begin) {
        return segment.slice(begin, segment.limit() - begin);
    }

    private static boolean startsWith(ByteBuffer segment, String beginning) {
        byte[] bytes = beginning.getBytes(StandardCharsets.ISO_8859_1);
        return segment.limit() >= bytes.length && segment.slice(0, bytes.length).equals(ByteBuffer.wrap(bytes));
    }

    /** @throws ImageRejectedException if there is none */
    JpegFrame frame() {
        return frame.orElseThrow(() -> ImageRejectedException.damaged("JPEG: expected a frame, found none", null));
    }

    /** True if the mark of the end is there. */
    boolean isEnded() {
        return isEnded;
    }

    /** Each costs a pass over the whole picture. */
    int scans() {
        return scans.count();
    }

    Optional<ByteBuffer> exif() {
        return exif;
    }

    /** Put together from its parts, which are numbered from 1 and say how many they are; empty if there is none, or a broken one. */
    Optional<ColorProfile> profile() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int number = 1; number <= profileParts.size(); number++) {
            ByteBuffer part = profileParts.get(number);
            if (part == null || Byte.toUnsignedInt(part.get(0)) != profileParts.size()) {
                return Optional.empty();
            }
            whole.write(part.array(), part.arrayOffset() + 1, part.limit() - 1);
        }
        return ColorProfile.of(ByteBuffer.wrap(whole.toByteArray()));
    }

    /** True if the samples are brightness and two differences of colour, and a fourth of black; decided as libjpeg does. */
    boolean isLumaAndChroma() {
        if (frame().isInks()) {
            return adobeTransform.orElse(0) != 0;
        }
        return isJfif
                || adobeTransform
                        .map(transform -> transform != 0)
                        .orElseGet(() -> !frame().isNamedRgb() && !frame().isLossless());
    }

    /** Adobe writes inks upside down. */
    boolean isInverted() {
        return adobeTransform.isPresent();
    }

    /** A file with the same pixels, and a marker that says without doubt which colours they are of. */
    byte[] plain() {
        byte[] colors = new byte[ADOBE_TRANSFORM + 1];
        byte[] adobe = ADOBE.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(adobe, 0, colors, 0, adobe.length);
        colors[adobe.length] = 100; // version
        colors[ADOBE_TRANSFORM] = (byte) (isLumaAndChroma() ? 1 : 0);
        ByteArrayOutputStream file = new ByteArrayOutputStream(pixels.size() + Integer.SIZE);
        file.writeBytes(new byte[] {(byte) MARKER, (byte) START_OF_IMAGE});
        if (frame().components() == Picture.CHANNELS) {
            file.writeBytes(new byte[] {(byte) MARKER, (byte) APP14, 0, (byte) (colors.length + Short.BYTES)});
            file.writeBytes(colors);
        }
        file.writeBytes(pixels.toByteArray());
        file.writeBytes(new byte[] {(byte) MARKER, (byte) END_OF_IMAGE});
        return file.toByteArray();
    }
}
