package dev.cyclestream.image.tiff;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import com.twelvemonkeys.io.enc.DecoderStream;
import com.twelvemonkeys.io.enc.PackBitsDecoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.image.decoding.ImageReaders;
import dev.cyclestream.image.tiff.FaxRows.Coding;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageReader;

/** The bytes of the strips or tiles of a TIFF, without compression. */
final class TiffTiles {

    private static final int MOST_BYTES = 256 << 20;
    private static final int RUN_LENGTH = 2;
    private static final int GROUP_3 = 3;
    private static final int GROUP_4 = 4;
    private static final int LZW = 5;
    private static final int DEFLATE = 8;
    private static final int PIXTIFF = 50013;
    private static final int RUN_LENGTH_IN_WORDS = 32771;
    private static final int PACK_BITS = 32773;
    private static final int OLD_DEFLATE = 32946;
    private static final int LONG_TYPE = 4;

    private final TiffDirectory directory;
    private final TiffLayout layout;
    private final int compression;
    private final boolean reversed;

    TiffTiles(TiffDirectory directory, TiffLayout layout) {
        this.directory = directory;
        this.layout = layout;
        this.compression = (int) directory.number(TiffTag.COMPRESSION, TiffKinds.NONE);
        this.reversed = directory.number(TiffTag.FILL_ORDER, 1) == 2;
        requireKnown();
    }

    private boolean isFax() {
        return switch (compression) {
            case RUN_LENGTH, RUN_LENGTH_IN_WORDS, GROUP_3, GROUP_4 -> true;
            case TiffKinds.NONE, LZW, DEFLATE, PIXTIFF, PACK_BITS, OLD_DEFLATE -> false;
            default -> throw TiffKinds.unsupportedCompression(compression);
        };
    }

    private void requireKnown() {
        if (isFax() && (layout.bits()[0] != 1 || (layout.samples() > 1 && !layout.planar()))) {
            throw TiffDirectory.damaged("fax: expected 1 bit a pixel, found %d samples of %d bits"
                    .formatted(layout.samples(), layout.bits()[0]));
        }
    }

    /** Bytes that one takes that is open. */
    long memory() {
        long pixels = (long) layout.tileWidth() * layout.tileHeight();
        return switch (compression) {
            case LZW -> pixels * Arrays.stream(layout.bits()).sum() / Byte.SIZE;
            case RUN_LENGTH, RUN_LENGTH_IN_WORDS, GROUP_3, GROUP_4 -> pixels / Byte.SIZE;
            default -> 0;
        };
    }

    /**
     * Opens one.
     *
     * @param rowBytes of a row of it
     * @param rows how many will be read
     */
    InputStream open(int tile, int rowBytes, int rows) throws IOException {
        byte[] stored = stored(tile, (long) rowBytes * rows);
        InputStream input = new ByteArrayInputStream(stored);
        return switch (compression) {
            case TiffKinds.NONE -> input;
            case DEFLATE, OLD_DEFLATE, PIXTIFF -> new InflaterInputStream(input);
            case PACK_BITS -> new DecoderStream(input, new PackBitsDecoder(), 1024);
            case LZW -> unpacked(stored, rowBytes, rows);
            default -> unfaxed(stored, rowBytes, rows);
        };
    }

    /** Some files count too few bytes where nothing is compressed, and too many for the last strip. */
    private byte[] stored(int tile, long unpacked) {
        byte[] file = directory.file().array();
        long from = layout.offsets()[tile];
        long length = compression == TiffKinds.NONE ? unpacked : layout.lengths()[tile];
        if (from < 0 || from >= file.length) {
            throw TiffDirectory.damaged("strip or tile %d: expected within %d bytes, found at %s"
                    .formatted(tile, file.length, Long.toUnsignedString(from)));
        }
        requireNoOverlap(tile, from, length);
        byte[] stored = new byte[(int) Math.min(length, file.length - from)];
        System.arraycopy(file, (int) from, stored, 0, stored.length);
        for (int i = 0; reversed && i < stored.length; i++) {
            stored[i] = (byte) (Integer.reverse(stored[i]) >>> 24);
        }
        return stored;
    }

    /** One that counts fewer bytes than its rows take, and ends where the next begins, is not of these rows. */
    private void requireNoOverlap(int tile, long from, long length) {
        if (layout.lengths()[tile] < length && tile + 1 < layout.offsets().length) {
            long next = layout.offsets()[tile + 1];
            if (next > from && next < from + length) {
                throw TiffDirectory.damaged("strip or tile %d: expected %d bytes, found %d before the next"
                        .formatted(tile + 1, length, next - from));
            }
        }
    }

    private InputStream unfaxed(byte[] stored, int rowBytes, int rows) throws IOException {
        requireModest(rowBytes, rows);
        boolean twoDimensions = (directory.number(TiffTag.T4_OPTIONS, 0) & 1) != 0;
        Coding coding = switch (compression) {
            case RUN_LENGTH -> Coding.RUN_LENGTHS;
            case RUN_LENGTH_IN_WORDS -> Coding.RUN_LENGTHS_IN_WORDS;
            case GROUP_3 -> twoDimensions ? Coding.GROUP_3_OF_TWO_DIMENSIONS : Coding.GROUP_3;
            default -> Coding.GROUP_4;
        };
        return new ByteArrayInputStream(FaxRows.unpack(stored, coding, layout.tileWidth(), rows));
    }

    private static void requireModest(int rowBytes, int rows) {
        if ((long) rowBytes * rows > MOST_BYTES) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE,
                    "expected strips and tiles of at most %d bytes, found %d rows of %d"
                            .formatted(MOST_BYTES, rows, rowBytes));
        }
    }

    /** LZW is left to the library, as a file of one grey strip that has nothing else in it. */
    private InputStream unpacked(byte[] stored, int rowBytes, int rows) throws IOException {
        requireModest(rowBytes, rows);
        ImageReader reader = ImageReaders.ofTwelveMonkeys(ImageFormat.TIFF);
        try {
            reader.setInput(new ByteArrayImageInputStream(file(stored, rowBytes, rows)), true, true);
            DataBufferByte samples = (DataBufferByte) reader.read(0).getRaster().getDataBuffer();
            return new ByteArrayInputStream(samples.getData());
        } finally {
            reader.dispose();
        }
    }

    private byte[] file(byte[] stored, int width, int rows) {
        int[][] tags = {
            {TiffTag.WIDTH, width},
            {TiffTag.HEIGHT, rows},
            {TiffTag.BITS, Byte.SIZE},
            {TiffTag.COMPRESSION, compression},
            {TiffTag.PHOTOMETRIC, 1},
            {TiffTag.STRIP_OFFSETS, 0},
            {TiffTag.ROWS_PER_STRIP, rows},
            {TiffTag.STRIP_BYTES, stored.length}
        };
        int start = 8 + 2 + tags.length * 12 + 4;
        ByteBuffer file = ByteBuffer.allocate(start + stored.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            int value = tag[0] == TiffTag.STRIP_OFFSETS ? start : tag[1];
            file.putShort((short) tag[0]).putShort((short) LONG_TYPE).putInt(1).putInt(value);
        }
        return file.putInt(0).put(stored).array();
    }
}
