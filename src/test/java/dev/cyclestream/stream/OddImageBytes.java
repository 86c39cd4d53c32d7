package dev.cyclestream.stream;

import dev.cyclestream.image.ImageFormat;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Encoded images as strangers send them: small files of every format with damage, and some made to hurt. */
final class OddImageBytes {

    private static final int PNG_HEADER_END = 33;
    private static final int HUGE = 0x7FFFFFF0;
    private static final List<byte[]> SMALL = List.of(
            TestImages.png(1),
            TestImages.jpeg(1),
            TestImages.encode(32, 1, ImageFormat.TIFF),
            resource("pillow-hopper.webp"),
            resource("image-rs-simple-rgb.webp"),
            resource("image-rs-panic.webp"),
            resource("pillow-issue_2811.gif"),
            resource("bmpsuite-rgb16-565.bmp"),
            resource("bmpsuite-pal8os2v2.bmp"),
            resource("twelvemonkeys-flower-minisblack-12.tif"),
            resource("image-rs-hpredict.tiff"),
            resource("pngsuite-tbbn0g04.png"));

    private OddImageBytes() {}

    /** Of those beside the tests of the decoder. */
    private static byte[] resource(String name) {
        try (InputStream content = OddImageBytes.class.getResourceAsStream("/suites/" + name)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A valid file of any format. */
    static byte[] small(Random random) {
        return SMALL.get(random.nextInt(SMALL.size())).clone();
    }

    static byte[] withFlippedBits(Random random) {
        byte[] image = small(random);
        for (int flips = 1 + random.nextInt(20); flips > 0; flips--) {
            image[random.nextInt(image.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return image;
    }

    static byte[] cutOff(Random random) {
        byte[] image = small(random);
        return Arrays.copyOf(image, random.nextInt(image.length));
    }

    /** Four bytes near the beginning, where lengths and sizes are, say something large. */
    static byte[] withEnlargedLength(Random random) {
        ByteBuffer image = ByteBuffer.wrap(small(random));
        image.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int at = random.nextInt(Math.min(400, image.capacity() - 4));
        image.putInt(at, random.nextBoolean() ? HUGE : -1 >>> random.nextInt(16));
        return image.array();
    }

    /** A colour profile in a JPEG or PNG that claims gigabytes, for itself, a table, or one of its tags. */
    static byte[] withHugeProfile(Random random) {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        int[] claims = {0, 128, 128 + 4 + 4, 128 + 4 + 8, 128 + 4 + 12 * 2 + 8};
        ByteBuffer.wrap(profile).putInt(claims[random.nextInt(claims.length)], HUGE);
        return random.nextBoolean() ? jpegWithProfile(profile) : pngWithProfile(profile);
    }

    private static byte[] jpegWithProfile(byte[] profile) {
        byte[] jpeg = TestImages.jpeg(2);
        byte[] name = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
        int length = 2 + name.length + 2 + profile.length;
        return ByteBuffer.allocate(jpeg.length + 2 + length)
                .put(jpeg, 0, 2)
                .putShort((short) 0xFFE2)
                .putShort((short) length)
                .put(name)
                .put((byte) 1)
                .put((byte) 1)
                .put(profile)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static byte[] pngWithProfile(byte[] profile) {
        Deflater deflater = new Deflater();
        deflater.setInput(profile);
        deflater.finish();
        byte[] packed = new byte[profile.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        byte[] content = ByteBuffer.allocate(5 + length)
                .put("odd\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(packed, 0, length)
                .array();
        return pngWithChunk("iCCP", content);
    }

    /** A good PNG of few pixels and many bytes, of zeros if they are to compress well. */
    static byte[] padded(int bytes, boolean zeros) {
        byte[] padding = new byte[bytes];
        if (!zeros) {
            new Random(bytes).nextBytes(padding);
        }
        return pngWithChunk("paDd", padding);
    }

    private static byte[] pngWithChunk(String type, byte[] content) {
        byte[] png = TestImages.png(3);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(png.length + 12 + content.length)
                .put(png, 0, PNG_HEADER_END)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .put(png, PNG_HEADER_END, png.length - PNG_HEADER_END)
                .array();
    }

    /** A TIFF of 16 x 16 pixels whose directory holds a directory, which holds one, and so on. */
    static byte[] nestedDirectories(int depth, boolean exif) {
        int pointer = exif ? 34665 : 330;
        int[][] tags = {
            {256, 16}, {257, 16}, {258, 8}, {259, 1}, {262, 1}, {273, 8}, {277, 1}, {278, 16}, {279, 256}, {pointer, 0}
        };
        Arrays.sort(tags, (one, other) -> Integer.compare(one[0], other[0]));
        int first = 8 + 256;
        int next = first + 2 + tags.length * 12 + 4;
        ByteBuffer file = ByteBuffer.allocate(next + depth * 18).order(ByteOrder.LITTLE_ENDIAN);
        file.put("II".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(first);
        file.position(first).putShort((short) tags.length);
        for (int[] tag : tags) {
            file.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[0] == pointer ? next : tag[1]);
        }
        file.putInt(0);
        for (int level = 1; level <= depth; level++) {
            int inner = level < depth ? next + level * 18 : 0;
            file.putShort((short) 1)
                    .putShort((short) pointer)
                    .putShort((short) 4)
                    .putInt(1);
            file.putInt(inner).putInt(0);
        }
        return file.array();
    }

    /** A PNG of a few bytes that claims to be so large. */
    static byte[] pngThatClaims(int width, int height) {
        byte[] png = TestImages.png(4);
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }
}
