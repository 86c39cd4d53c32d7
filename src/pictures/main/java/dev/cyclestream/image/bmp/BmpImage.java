package dev.cyclestream.image.bmp;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.color.ColorProfile;
import dev.cyclestream.image.color.SampleColors;
import dev.cyclestream.image.decoding.RowImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * BMP of all kinds that hold pixels. A decoder of our own, since the JDK's takes all masks for as wide as the first, drops
 * opacity and refuses the headers of OS/2, and no other for ImageIO is better.
 */
final class BmpImage implements RowImage {

    private static final int OPAQUE = 3;

    private final BmpHeader header;
    private final ByteBuffer file;
    private ColorModel colors; // once it was asked for

    private BmpImage(BmpHeader header, byte[] encoded) {
        this.header = header;
        this.file = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws ImageRejectedException if the headers are damaged, or of a kind that is not read */
    static BmpImage of(byte[] encoded) {
        return new BmpImage(BmpHeader.of(encoded), encoded);
    }

    @Override
    public int width() {
        return header.width();
    }

    @Override
    public int height() {
        return header.height();
    }

    @Override
    public ColorModel colors() {
        if (colors == null) {
            boolean alpha = header.hasAlpha() && hasOpacity();
            colors = SampleColors.RGB.model(Byte.SIZE, alpha, false);
        }
        return colors;
    }

    @Override
    public Optional<ColorProfile> profile() {
        return header.profile();
    }

    @Override
    public long memory() {
        return header.packing() == BmpHeader.Packing.RUNS ? (long) width() * height() * Integer.BYTES : 0;
    }

    @Override
    public void readInto(WritableRaster destination) {
        boolean runs = header.packing() == BmpHeader.Packing.RUNS;
        int[] unpacked = runs ? new BmpRuns(header, file.array()).unpack() : new int[0];
        int[] pixels = new int[width()];
        WritableRaster row = colors().createCompatibleWritableRaster(width(), 1);
        byte[] samples = ((DataBufferByte) row.getDataBuffer()).getData();
        for (int y = 0; y < height(); y++) {
            int stored = header.topDown() ? y : height() - 1 - y;
            if (runs) {
                System.arraycopy(unpacked, stored * width(), pixels, 0, width());
            } else {
                readRow(stored, pixels);
            }
            look(pixels, samples);
            destination.setRect(0, y, row);
        }
    }

    private void look(int[] pixels, byte[] samples) {
        int next = 0;
        int bands = colors().getNumComponents();
        int[] masks = header.packing() == BmpHeader.Packing.RUNS || header.hasPalette() ? null : header.masks();
        for (int pixel : pixels) {
            if (masks != null) {
                for (int band = 0; band < bands; band++) {
                    samples[next++] = masked(pixel, masks[band]);
                }
            } else {
                int color = color(pixel);
                samples[next++] = (byte) (color >> 16);
                samples[next++] = (byte) (color >> 8);
                samples[next++] = (byte) color;
            }
        }
    }

    /** A pixel of a palette; what it has no colour for is black. */
    private int color(int pixel) {
        if (!header.hasPalette()) {
            return pixel;
        }
        return pixel < header.palette().length ? header.palette()[pixel] : 0;
    }

    /** The bits under a mask, of any number, as a byte. */
    private static byte masked(int pixel, int mask) {
        if (mask == 0) {
            return 0;
        }
        int shift = Integer.numberOfTrailingZeros(mask);
        long brightest = Integer.toUnsignedLong(mask) >>> shift;
        long sample = Integer.toUnsignedLong(pixel & mask) >>> shift;
        return (byte) Math.round(sample * 255.0 / brightest);
    }

    private void readRow(int stored, int[] pixels) {
        long bitsPerRow = (long) width() * header.bits();
        long first = header.pixels() + stored * ((bitsPerRow + 31) / 32 * 4);
        if (first + (bitsPerRow + 7) / 8 > file.limit()) {
            throw BmpHeader.damaged(
                    "expected %d rows, found %d bytes of pixels".formatted(height(), file.limit() - header.pixels()));
        }
        int at = (int) first;
        for (int x = 0; x < pixels.length; x++) {
            pixels[x] = switch (header.bits()) {
                case 16 -> file.getShort(at + 2 * x) & 0xFFFF;
                case 24 -> (file.getShort(at + 3 * x) & 0xFFFF) | (file.get(at + 3 * x + 2) & 0xFF) << 16;
                case 32 -> file.getInt(at + 4 * x);
                default -> packed(at, x);
            };
        }
    }

    private int packed(int at, int x) {
        int bits = header.bits();
        int bit = x * bits;
        int shift = Byte.SIZE - bits - bit % Byte.SIZE;
        return (file.get(at + bit / Byte.SIZE) & 0xFF) >> shift & ((1 << bits) - 1);
    }

    /** Some programs write a mask and leave opacity zero throughout: nobody means an image that is not there. */
    private boolean hasOpacity() {
        int[] pixels = new int[width()];
        for (int y = 0; y < height(); y++) {
            readRow(y, pixels);
            for (int pixel : pixels) {
                if ((pixel & header.masks()[OPAQUE]) != 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
