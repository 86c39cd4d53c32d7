package dev.cyclestream.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The odd and broken images that the authors of ImageIO plug-ins collected, and worse ones made from them. */
class OddImagesIT {

    private static final Pattern IMAGE =
            Pattern.compile(".*\\.(jpe?g|tiff?|webp|png|gif|bmp)", Pattern.CASE_INSENSITIVE);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BROKEN_COPIES = 6;
    private static final int LARGEST_TO_BREAK = 200_000;

    private final ImageDecoder decoder =
            new ImageDecoder(new ImageLimits(16 << 20, 25_000_000, Duration.ofSeconds(10)));

    @ParameterizedTest
    @ValueSource(strings = {"jpeg/JPEGImageReaderTest", "tiff/TIFFImageReaderTest", "webp/WebPImageReaderTest"})
    void isDecodedOrRefusedWithAReason(String home) throws IOException {
        Map<String, Integer> outcomes = new TreeMap<>();
        for (byte[] image : images(home)) {
            outcomes.merge(outcome(image), 1, Integer::sum);
        }
        System.out.println(home + ": " + outcomes);
        assertThat(outcomes.get("decoded")).isGreaterThan(outcomes.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg/JPEGImageReaderTest", "tiff/TIFFImageReaderTest", "webp/WebPImageReaderTest"})
    void brokenIsDecodedOrRefusedWithAReason(String home) throws IOException {
        Random random = new Random(1);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (byte[] image : images(home)) {
            for (int copy = 0; copy < BROKEN_COPIES && image.length <= LARGEST_TO_BREAK; copy++) {
                outcomes.merge(outcome(broken(image, random)), 1, Integer::sum);
            }
        }
        System.out.println(home + ", broken: " + outcomes);
        assertThat(outcomes).containsKey("DAMAGED_IMAGE");
    }

    @Test
    void pngThatClaimsTheEarthIsRefusedAtOnce() {
        byte[] png = TestPng.header(30_000, 30_000);
        long start = System.nanoTime();
        assertThat(outcome(png)).isEqualTo("IMAGE_TOO_LARGE");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    private String outcome(byte[] image) {
        long start = System.nanoTime();
        String outcome;
        try {
            DecodedImage decoded = decoder.decode(image);
            assertThat(decoded.color().width()).isPositive();
            outcome = "decoded";
        } catch (ImageRejectedException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotEndWith(": ").doesNotContain("null");
            outcome = e.reason().name();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        return outcome;
    }

    private static byte[] broken(byte[] image, Random random) {
        byte[] copy = random.nextInt(3) == 0 ? Arrays.copyOf(image, random.nextInt(image.length)) : image.clone();
        for (int hits = random.nextInt(20); hits > 0 && copy.length > 12; hits--) {
            copy[12 + random.nextInt(copy.length - 12)] = (byte) random.nextInt();
        }
        return copy;
    }

    private static List<byte[]> images(String home) throws IOException {
        List<byte[]> images = new ArrayList<>();
        URL test = OddImagesIT.class.getResource("/com/twelvemonkeys/imageio/plugins/" + home + ".class");
        JarURLConnection jar = (JarURLConnection) test.openConnection();
        jar.setUseCaches(false);
        try (JarFile file = jar.getJarFile()) {
            for (JarEntry entry : file.stream().toList()) {
                if (IMAGE.matcher(entry.getName()).matches()) {
                    try (InputStream content = file.getInputStream(entry)) {
                        images.add(content.readAllBytes());
                    }
                }
            }
        }
        assertThat(images).isNotEmpty();
        return images;
    }
}
