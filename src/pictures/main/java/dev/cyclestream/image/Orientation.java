package dev.cyclestream.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How a stored picture is turned and mirrored to stand upright: the tag of EXIF and TIFF, read alone, since strangers put
 * much else beside it.
 *
 * @param code 1 (stored upright) to 8
 */
record Orientation(int code) {

    private static final Orientation UPRIGHT = new Orientation(1);
    private static final int TAG = 0x0112;
    private static final int SHORT_TYPE = 3;
    private static final int ENTRY_BYTES = 12;
    private static final int HEADER_BYTES = 8;
    private static final int APP1 = 0xE1;
    private static final short LITTLE_ENDIAN = 0x4949;

    /** What the file says; upright if it says nothing, or nonsense. */
    static Orientation of(ImageFormat format, byte[] encoded) {
        return exif(format, encoded).flatMap(Orientation::find).orElse(UPRIGHT);
    }

    private static Optional<ByteBuffer> exif(ImageFormat format, byte[] encoded) {
        return switch (format) {
            case JPEG -> FileParts.jpegSegment(encoded, APP1, "Exif\0\0");
            case PNG -> FileParts.pngChunk(encoded, "eXIf");
            case WEBP -> FileParts.riffChunk(encoded, "EXIF");
            case TIFF -> Optional.of(ByteBuffer.wrap(encoded));
            case GIF, BMP -> Optional.empty();
        };
    }

    private static Optional<Orientation> find(ByteBuffer tiff) {
        if (tiff.remaining() < HEADER_BYTES) {
            return Optional.empty();
        }
        tiff.order(tiff.getShort(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < HEADER_BYTES || directory > tiff.limit() - Short.BYTES) {
            return Optional.empty();
        }
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        int first = directory + Short.BYTES;
        for (int entry = first; entry < first + entries * ENTRY_BYTES; entry += ENTRY_BYTES) {
            if (entry > tiff.limit() - ENTRY_BYTES) {
                return Optional.empty();
            }
            if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG && tiff.getShort(entry + 2) == SHORT_TYPE) {
                int code = Short.toUnsignedInt(tiff.getShort(entry + 8));
                return code >= 1 && code <= 8 ? Optional.of(new Orientation(code)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The image as people are meant to see it. */
    DecodedImage upright(DecodedImage stored) {
        if (code == 1) {
            return stored;
        }
        RgbImage color = stored.color();
        int width = swapsSides() ? color.height() : color.width();
        int height = swapsSides() ? color.width() : color.height();
        ByteBuffer from = color.samples();
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        byte[] alpha = new byte[stored.alpha().isPresent() ? width * height : 0];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int source = source(x, y, color.width(), color.height());
                int target = y * width + x;
                from.get(source * RgbImage.CHANNELS, samples, target * RgbImage.CHANNELS, RgbImage.CHANNELS);
                if (stored.alpha().isPresent()) {
                    alpha[target] = (byte) stored.alpha().get().at(source);
                }
            }
        }
        return new DecodedImage(
                stored.format(),
                new RgbImage(width, height, samples),
                stored.alpha().map(plane -> new AlphaPlane(width, height, alpha)));
    }

    private boolean swapsSides() {
        return code >= 5;
    }

    /** Which stored pixel is seen at a place. */
    private int source(int x, int y, int storedWidth, int storedHeight) {
        int right = storedWidth - 1;
        int bottom = storedHeight - 1;
        return switch (code) {
            case 2 -> y * storedWidth + right - x;
            case 3 -> (bottom - y) * storedWidth + right - x;
            case 4 -> (bottom - y) * storedWidth + x;
            case 5 -> x * storedWidth + y;
            case 6 -> (bottom - x) * storedWidth + y;
            case 7 -> (bottom - x) * storedWidth + right - y;
            case 8 -> x * storedWidth + right - y;
            default -> y * storedWidth + x;
        };
    }
}
