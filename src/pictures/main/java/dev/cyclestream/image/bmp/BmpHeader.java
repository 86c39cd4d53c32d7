package dev.cyclestream.image.bmp;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.image.color.ColorProfile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The headers of a BMP: those of Windows (40 to 124 bytes) and of OS/2 (12 bytes, 16 to 64 bytes).
 *
 * @param topDown whether the first row that is stored is the topmost
 * @param bits a pixel
 * @param packing how pixels are stored
 * @param masks which bits of a pixel are red, green, blue and opacity; of no use to a palette
 * @param palette colours as 0xRRGGBB
 * @param pixels where they begin in the file
 * @param profile embedded ICC profile
 */
@SuppressWarnings("ArrayRecordComponent") // local to the decoder of one image
record BmpHeader(
        int width,
        int height,
        boolean topDown,
        int bits,
        Packing packing,
        int[] masks,
        int[] palette,
        int pixels,
        Optional<ColorProfile> profile) {

    enum Packing {
        PLAIN,
        RUNS
    }

    private static final int NONE = 0;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final int JPEG = 4;
    private static final int PNG = 5;
    private static final int ALPHA_BIT_FIELDS = 6;
    private static final Set<Integer> PLAIN_BITS = Set.of(1, 2, 4, 8, 16, 24, 32);

    /** OS/2 counts differently for 24 bits. */
    private static final Map<Integer, Integer> RUNS_OF_BITS = Map.of(8, RLE8, 4, RLE4, 24, 4);

    private static final int FILE_HEADER = 14;
    private static final int OS2_V1 = 12;
    private static final int WINDOWS_V3 = 40;
    private static final int WINDOWS_V5 = 124;
    private static final int MASKS_OFFSET = 40;
    private static final int COLOR_SPACE_OFFSET = 56;
    private static final int PROFILE_OFFSET = 112;
    private static final int EMBEDDED_PROFILE = 0x4D424544; // "MBED"
    private static final int[] MASKS_OF_16 = {0x7C00, 0x03E0, 0x001F, 0};
    private static final int[] MASKS_OF_32 = {0xFF0000, 0x00FF00, 0x0000FF, 0};

    boolean hasPalette() {
        return bits <= Byte.SIZE;
    }

    boolean hasAlpha() {
        return !hasPalette() && masks[3] != 0;
    }

    static BmpHeader of(byte[] encoded) {
        ByteBuffer file = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        require(encoded.length >= FILE_HEADER + OS2_V1, "header", FILE_HEADER + OS2_V1, encoded.length);
        int size = file.getInt(FILE_HEADER);
        require(size >= OS2_V1 && size <= encoded.length - FILE_HEADER, "header", size, encoded.length - FILE_HEADER);
        // Short headers leave out what would be zero.
        byte[] copy = Arrays.copyOf(Arrays.copyOfRange(encoded, FILE_HEADER, FILE_HEADER + size), WINDOWS_V5);
        ByteBuffer header = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        boolean old = size == OS2_V1;
        int width = old ? Short.toUnsignedInt(header.getShort(4)) : header.getInt(4);
        int height = old ? Short.toUnsignedInt(header.getShort(6)) : header.getInt(8);
        if (width < 1 || height == 0 || height == Integer.MIN_VALUE) {
            throw damaged("expected a width and a height, found %d and %d".formatted(width, height));
        }
        int bits = Short.toUnsignedInt(header.getShort(old ? 10 : 14));
        int compression = old ? 0 : header.getInt(16);
        Packing packing = packing(bits, compression);
        boolean looseMasks = size == WINDOWS_V3 && isMasked(compression);
        int afterHeader = FILE_HEADER + size + (looseMasks ? (compression == BIT_FIELDS ? 12 : 16) : 0);
        int[] masks = masks(looseMasks ? file : header, looseMasks, compression, bits, size);
        int stated = file.getInt(10);
        int[] palette = bits > Byte.SIZE
                ? new int[0]
                : palette(file, afterHeader, old ? 3 : 4, old ? 0 : header.getInt(32), bits, stated);
        // Some say that the pixels begin where the palette does.
        boolean behindPalette = stated == 0 || stated == afterHeader;
        int pixels = behindPalette ? afterHeader + palette.length * (old ? 3 : 4) : stated;
        require(pixels > 0 && pixels < encoded.length, "pixels from byte", pixels, encoded.length);
        return new BmpHeader(
                width,
                Math.abs(height),
                height < 0,
                bits,
                packing,
                masks,
                palette,
                pixels,
                profile(file, header, size));
    }

    private static Packing packing(int bits, int compression) {
        boolean isPlain = switch (compression) {
            case NONE -> PLAIN_BITS.contains(bits);
            case BIT_FIELDS, ALPHA_BIT_FIELDS -> bits == 16 || bits == 32;
            default -> false;
        };
        if (isPlain) {
            return Packing.PLAIN;
        }
        if (compression != NONE && RUNS_OF_BITS.getOrDefault(bits, NONE) == compression) {
            return Packing.RUNS;
        }
        throw new ImageRejectedException(
                Reason.UNSUPPORTED_IMAGE, "BMP of this kind is not read: " + kind(bits, compression));
    }

    private static String kind(int bits, int compression) {
        return switch (compression) {
            case NONE -> bits + " bits a pixel";
            case BIT_FIELDS -> bits == 1 ? "a fax (Huffman 1D)" : "bit masks for %d bits a pixel".formatted(bits);
            case JPEG -> "a JPEG inside";
            case PNG -> "a PNG inside";
            default -> "compression %d of %d bits a pixel".formatted(compression, bits);
        };
    }

    private static boolean isMasked(int compression) {
        return compression == BIT_FIELDS || compression == ALPHA_BIT_FIELDS;
    }

    private static int[] masks(ByteBuffer from, boolean loose, int compression, int bits, int size) {
        if (!isMasked(compression)) {
            return bits == Short.SIZE ? MASKS_OF_16 : MASKS_OF_32;
        }
        int first = loose ? FILE_HEADER + WINDOWS_V3 : MASKS_OFFSET;
        boolean alpha = loose ? compression == ALPHA_BIT_FIELDS : size >= 56;
        int end = first + (alpha ? 16 : 12);
        require(end <= from.limit(), "masks", end, from.limit());
        return new int[] {
            from.getInt(first), from.getInt(first + 4), from.getInt(first + 8), alpha ? from.getInt(first + 12) : 0
        };
    }

    /** As many as there are before the pixels; what a pixel may name beyond them is black. */
    private static int[] palette(ByteBuffer file, int first, int entry, int used, int bits, int pixels) {
        int count = used > 0 ? Math.min(used, 1 << bits) : 1 << bits;
        int room = (pixels > first ? Math.min(pixels, file.limit()) : file.limit()) - first;
        int[] colors = new int[Math.min(count, Math.max(0, room / entry))];
        for (int i = 0; i < colors.length; i++) {
            int at = first + i * entry;
            colors[i] = ((file.get(at + 2) & 0xFF) << 16) | ((file.get(at + 1) & 0xFF) << 8) | (file.get(at) & 0xFF);
        }
        return colors;
    }

    private static Optional<ColorProfile> profile(ByteBuffer file, ByteBuffer header, int size) {
        if (size < WINDOWS_V5 || header.getInt(COLOR_SPACE_OFFSET) != EMBEDDED_PROFILE) {
            return Optional.empty();
        }
        long from = FILE_HEADER + Integer.toUnsignedLong(header.getInt(PROFILE_OFFSET));
        long length = Integer.toUnsignedLong(header.getInt(PROFILE_OFFSET + 4));
        if (length == 0) {
            return Optional.empty();
        }
        require(
                from + length <= file.limit(),
                "profile up to byte",
                (int) Math.min(Integer.MAX_VALUE, from + length),
                file.limit());
        return ColorProfile.of(file.slice((int) from, (int) length));
    }

    private static void require(boolean holds, String part, int expected, int found) {
        if (!holds) {
            throw damaged("%s: expected %d bytes, found %d".formatted(part, expected, found));
        }
    }

    static ImageRejectedException damaged(String what) {
        return new ImageRejectedException(Reason.DAMAGED_IMAGE, "the image is damaged: BMP, " + what);
    }
}
