package dev.cyclestream.image.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** Writes TIFF files of one strip, tag by tag. */
public final class TestTiff {

    static final int SIDE = 16;

    private static final int HEADER = 8;

    private final TreeMap<Integer, long[]> tags = new TreeMap<>();
    private final ByteOrder order;

    public TestTiff(ByteOrder order) {
        this.order = order;
        with(TiffTag.WIDTH, SIDE).with(TiffTag.HEIGHT, SIDE).with(TiffTag.PHOTOMETRIC, 1);
    }

    /** Sets the numbers of a tag, as unsigned ints. */
    TestTiff with(int tag, long... numbers) {
        tags.put(tag, numbers);
        return this;
    }

    /** Says by which scheme the pixels are compressed, a number of TIFF. */
    public TestTiff compressed(long compression) {
        return with(TiffTag.COMPRESSION, compression);
    }

    /** The file: header, pixels, values, directory. */
    public byte[] file(byte[] pixels) {
        tags.putIfAbsent(TiffTag.STRIP_OFFSETS, new long[] {HEADER});
        tags.putIfAbsent(TiffTag.STRIP_BYTES, new long[] {pixels.length});
        int values =
                tags.values().stream().mapToInt(numbers -> numbers.length * 4).sum();
        int directory = HEADER + pixels.length + values;
        ByteBuffer file =
                ByteBuffer.allocate(directory + 2 + tags.size() * 12 + 4).order(order);
        file.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        file.putShort((short) 42).putInt(directory).put(pixels);
        int value = file.position();
        file.position(directory).putShort((short) tags.size());
        for (var tag : tags.entrySet()) {
            long[] numbers = tag.getValue();
            file.putShort(tag.getKey().shortValue()).putShort((short) 4).putInt(numbers.length);
            file.putInt(numbers.length == 1 ? (int) numbers[0] : value);
            for (long number : numbers) {
                file.putInt(value, (int) number);
                value += 4;
            }
        }
        return file.array();
    }

    /** Bits of equal samples, one row of them after the other, most significant bits first. */
    static byte[] filled(int bits, long sample, int samplesInRow) {
        int rowBytes = (bits * samplesInRow + 7) / 8;
        byte[] pixels = new byte[rowBytes * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int bit = 0; bit < bits * samplesInRow; bit++) {
                long one = (sample >> (bits - 1 - bit % bits)) & 1;
                pixels[y * rowBytes + bit / 8] |= (byte) (one << (7 - bit % 8));
            }
        }
        return pixels;
    }
}
