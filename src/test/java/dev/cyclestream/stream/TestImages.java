package dev.cyclestream.stream;

import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/** Encoded images and events for tests. */
public final class TestImages {

    public static final Instant TAKEN_AT = Instant.ofEpochMilli(1_700_000_000_000L);

    private TestImages() {}

    public static Picture noise(int width, int height, long seed) {
        byte[] samples = new byte[width * height * Picture.CHANNELS];
        new SplittableRandom(seed).nextBytes(samples);
        return new Picture(width, height, samples);
    }

    public static byte[] png(long seed) {
        return encode(32, seed, ImageFormat.PNG);
    }

    public static byte[] jpeg(long seed) {
        return encode(32, seed, ImageFormat.JPEG);
    }

    public static byte[] encode(int side, long seed, ImageFormat format) {
        return new ImageEncoder(1).encode(noise(side, side, seed), format).toBytes();
    }

    public static byte[] truncatedJpeg() {
        byte[] whole = jpeg(1);
        return Arrays.copyOf(whole, whole.length / 2);
    }

    public static ImageEvent event(String id, byte[] encoded) {
        return event(id, encoded, Map.of());
    }

    public static ImageEvent event(String id, byte[] encoded, Map<String, String> attributes) {
        return ImageEvent.newBuilder()
                .setImageId(id)
                .setContentType("image/png")
                .setImage(ByteBuffer.wrap(encoded))
                .setTakenAt(TAKEN_AT)
                .setAttributes(attributes)
                .build();
    }
}
