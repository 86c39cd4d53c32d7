package dev.cyclestream.image.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.SizePolicy;
import dev.cyclestream.image.tiff.TestTiff;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever bytes come, the decoder gives an image or a reason, and nothing else. {@code -Djqwik.tries.default=100000} tries longer. */
class ImageDecoderFuzzTest {

    private static final int LONGEST_SIDE = 32;

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

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void imagesWithOtherBytesInThemAreShrunkOrRejected(
            @ForAll("images") byte[] image, @ForAll("changes") Map<Integer, Byte> changes) {
        byte[] changed = image.clone();
        changes.forEach((position, value) -> changed[position % changed.length] = value);
        assertShrunkOrRejected(changed);
    }

    /** Where most is said before the pixels, other bytes there hit more often. */
    @Property(shrinking = ShrinkingMode.BOUNDED)
    void headersAndDirectoriesWithOtherBytesInThemAreReadOrRejected(
            @ForAll("rowImages") byte[] image, @ForAll("changes") Map<Integer, Byte> changes) {
        byte[] changed = image.clone();
        int tail = Math.min(400, changed.length - 2);
        changes.forEach((position, value) -> {
            boolean isAtTheEnd = position % 2 == 0; // there, TIFF has its directory
            int at = position % tail;
            changed[isAtTheEnd ? changed.length - 1 - at : 2 + at] = value;
        });
        assertDecodedOrRejected(changed);
        assertShrunkOrRejected(changed);
    }

    @Provide
    Arbitrary<byte[]> rowImages() throws IOException, URISyntaxException {
        List<byte[]> faxes = IntStream.rangeClosed(2, 4)
                .mapToObj(compression -> new TestTiff(ByteOrder.LITTLE_ENDIAN)
                        .compressed(compression)
                        .file(new byte[] {0x4D, (byte) 0x9A, (byte) 0xFF, 0x35, 0x01, 0x12, 0x34, 0x56}))
                .toList();
        List<byte[]> pictures = ImageCorpusTest.names().stream()
                .filter(name -> name.endsWith(".bmp") || name.endsWith(".tif"))
                .map(ImageDecoderFuzzTest::read)
                .toList();
        return Arbitraries.of(Stream.concat(faxes.stream(), pictures.stream()).toList());
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

    private void assertShrunkOrRejected(byte[] bytes) {
        SizePolicy fit = new SizePolicy.Fit(LONGEST_SIDE);
        try {
            assertThat(decoder.decode(bytes, fit).size().longestSide()).isBetween(1, LONGEST_SIDE);
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
