package dev.cyclestream.image.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageLimits;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest images that are accepted, several at once, in a process with as little heap as a small container has. */
class DecodingMemoryIT {

    private static final int THREADS = 4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void fourOf25MegapixelsAnd16BitsFitInto800Megabytes(String format) throws Exception {
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx800m",
                        "-XX:+UseParallelGC",
                        FourAtOnce.class.getName(),
                        format)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(log)).endsWith("decoded 4\n");
    }

    /** The process. */
    static final class FourAtOnce {

        private static final int SIDE = 5000;

        private FourAtOnce() {}

        public static void main(String... arguments) throws Exception {
            byte[] image = image(arguments[0]);
            ImageDecoder decoder = new ImageDecoder(new ImageLimits(512 << 20, SIDE * SIDE, Duration.ofMinutes(2)));
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                results.add(threads.submit(() -> decoder.decode(image).color().width()));
            }
            for (Future<?> result : results) {
                result.get();
            }
            threads.shutdown();
            System.out.println("decoded " + results.size());
        }

        private static byte[] image(String format) throws IOException {
            return format.equals("tiff") ? tiff() : png();
        }

        private static byte[] png() throws IOException {
            WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, SIDE, SIDE, 4, null);
            ComponentColorModel colors = new ComponentColorModel(
                    ColorSpace.getInstance(ColorSpace.CS_sRGB), true, false, 3, DataBuffer.TYPE_USHORT);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(colors, raster, false, null), "png", bytes);
            return bytes.toByteArray();
        }

        /** One deflated strip of four samples of 16 bits, all zero. */
        private static byte[] tiff() throws IOException {
            ByteArrayOutputStream strip = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(strip)) {
                for (int y = 0; y < SIDE; y++) {
                    deflater.write(new byte[SIDE * 4 * Short.BYTES]);
                }
            }
            int[][] tags = {
                {256, 4, 1, SIDE},
                {257, 4, 1, SIDE},
                {258, 3, 4, 200},
                {259, 3, 1, 8},
                {262, 3, 1, 2},
                {273, 4, 1, 208},
                {277, 3, 1, 4},
                {278, 4, 1, SIDE},
                {279, 4, 1, strip.size()},
                {338, 3, 1, 2}
            };
            ByteBuffer file = ByteBuffer.allocate(208 + strip.size()).order(ByteOrder.LITTLE_ENDIAN);
            file.putInt(0x002A4949).putInt(8).putShort((short) tags.length);
            for (int[] tag : tags) {
                file.putShort((short) tag[0])
                        .putShort((short) tag[1])
                        .putInt(tag[2])
                        .putInt(tag[3]);
            }
            file.position(200);
            for (int sample = 0; sample < 4; sample++) {
                file.putShort((short) 16);
            }
            return file.put(strip.toByteArray()).array();
        }
    }
}
