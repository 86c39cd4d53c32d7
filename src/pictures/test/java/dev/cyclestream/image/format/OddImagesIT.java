package dev.cyclestream.image.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageRejectedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The odd and broken images that the authors of ImageIO plug-ins collected, and worse ones made from them. */
class OddImagesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ImageDecoder decoder = OddImages.decoder();

    @ParameterizedTest
    @MethodSource("dev.cyclestream.image.format.OddImages#homes")
    void isDecodedOrRefusedWithAReason(String home) throws IOException {
        Map<String, Integer> outcomes = new TreeMap<>();
        for (byte[] image : OddImages.whole(home)) {
            outcomes.merge(outcome(image), 1, Integer::sum);
        }
        System.out.println(home + ": " + outcomes);
        assertThat(outcomes.get("decoded")).isGreaterThan(outcomes.size());
    }

    @ParameterizedTest
    @MethodSource("dev.cyclestream.image.format.OddImages#homes")
    void brokenIsDecodedOrRefusedWithAReason(String home) throws IOException {
        Map<String, Integer> outcomes = new TreeMap<>();
        for (byte[] image : OddImages.broken(home)) {
            outcomes.merge(outcome(image), 1, Integer::sum);
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
}
