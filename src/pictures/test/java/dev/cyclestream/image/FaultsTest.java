package dev.cyclestream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cyclestream.image.ImageRejectedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were once read wrongly, each against what libwebp, libpng, libjpeg and littleCMS see in it. */
class FaultsTest {

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "webp-lossy-green/blocks.webp, 2",
        "webp-lossy-green/wide.webp, 2",
        "webp-animation-offset/partial.webp, 1",
        "webp-broken-icc/bad-tag.webp, 1",
        "webp-broken-icc/cut-profile.webp, 1",
        "webp-broken-icc/bad-tag.jpg, 2",
        "grey-profile/linear.png, 2",
        "grey-profile/gamma18.jpg, 2",
        "jpeg-16bit-tables/q3.jpg, 3",
        "jpeg-fill-bytes-exif/fill.jpg, 2",
        "jpeg-fill-bytes-exif/fill2.jpg, 2",
        "jpeg-no-eoi/no-eoi.jpg, 2",
        "jpeg-no-eoi/trailer.jpg, 2",
        "png-grey-trns/grey2.png, 0.1",
        "png-grey-trns/grey4.png, 0.1",
        "png-grey-trns/grey8.png, 0.1"
    })
    void isSeenAsOthersSeeIt(String file, double mean) throws IOException {
        DecodedImage found = decoder.decode(read(file));
        DecodedImage expected = decoder.decode(read(file.replace("/", "/expected-") + ".png"));
        assertThat(found.color().toString()).isEqualTo(expected.color().toString());
        assertThat(meanDifference(found.color().samples(), expected.color().samples()))
                .isLessThan(mean);
        assertThat(found.alpha()).isEqualTo(expected.alpha());
    }

    @Test
    void profileThatClaimsTwoGibibytesIsAsGoodAsNone() throws IOException {
        DecodedImage poison = decoder.decode(read("jpeg-icc-claims-2gib/poison.jpg"));
        DecodedImage good = decoder.decode(read("jpeg-icc-claims-2gib/good.jpg"));
        assertThat(poison.color().toString()).isEqualTo(good.color().toString());
    }

    @Test
    void losslessWebpThatIsCutOffIsDamaged() throws IOException {
        assertRejected(read("webp-lossless-cut-off/half.webp"), Reason.DAMAGED_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webp-lossy-green/blocks.webp", "webp-animation-offset/partial.webp"})
    void webpThatIsCutOffAndMendedOutsideIsDamaged(String name) throws IOException {
        byte[] whole = read(name);
        byte[] cut = Arrays.copyOf(whole, whole.length * 3 / 4 & ~1);
        ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN).putInt(4, cut.length - 8);
        assertRejected(cut, Reason.DAMAGED_IMAGE);
    }

    private void assertRejected(byte[] file, Reason reason) {
        ImageRejectedException rejected =
                catchThrowableOfType(ImageRejectedException.class, () -> decoder.decode(file));
        assertThat(rejected).isNotNull();
        assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
    }

    private static double meanDifference(ByteBuffer found, ByteBuffer expected) {
        long sum = 0;
        for (int i = 0; i < found.limit(); i++) {
            sum += Math.abs((found.get(i) & 0xFF) - (expected.get(i) & 0xFF));
        }
        return sum / (double) found.limit();
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream input = FaultsTest.class.getResourceAsStream("/faults/" + name)) {
            return input.readAllBytes();
        }
    }
}
