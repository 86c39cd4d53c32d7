package dev.cyclestream.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever bytes come, the decoder gives an image or a reason, and nothing else. {@code -Djqwik.tries.default=100000} tries longer. */
class ImageDecoderFuzzTest {

    private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(1 << 20, 4_000_000, Duration.ofSeconds(5)));

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void anyBytesAreAnImageOrRejected(@ForAll byte[] bytes) {
        assertDecodedOrRejected(bytes);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void imagesWithOtherBytesInThemAreAnImageOrRejected(
            @ForAll("images") byte[] image, @ForAll("changes") Map<Integer, Byte> changes) {
        byte[] changed = image.clone();
        changes.forEach((position, value) -> changed[position % changed.length] = value);
        assertDecodedOrRejected(changed);
    }

    @Provide
    Arbitrary<byte[]> images() throws IOException, URISyntaxException {
        List<String> names = ImageCorpusTest.names();
        return Arbitraries.of(names).map(ImageDecoderFuzzTest::read);
    }

    @Provide
    Arbitrary<Map<Integer, Byte>> changes() {
        return Arbitraries.maps(Arbitraries.integers().between(0, 5000), Arbitraries.bytes())
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    private void assertDecodedOrRejected(byte[] bytes) {
        try {
            assertThat(decoder.decode(bytes).color().width()).isPositive();
        } catch (ImageRejectedException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static byte[] read(String name) {
        try (InputStream input = ImageDecoderFuzzTest.class.getResourceAsStream("/images/" + name)) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
