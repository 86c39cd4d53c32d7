package dev.cyclestream.image.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose readers do not say that pixels are missing. */
class CutOffTest {

    private static final int MARKER = 0xFF;
    private static final int HUFFMAN_TABLE = 0xC4;
    private static final int START_OF_SCAN = 0xDA;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @Test
    void strayBytesDoNotHideThatAJpegIsCutOff() throws IOException {
        byte[] stray = withStrayBytes(progressive());
        assertThat(decoder.decode(stray).color().width()).isEqualTo(128);
        assertCutOffIsDamage(Arrays.copyOf(stray, stray.length * 98 / 100));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 0.75, 0.99})
    void jpegWithoutLossesThatIsCutOffIsDamage(double part) throws IOException {
        byte[] whole;
        try (InputStream input = CutOffTest.class.getResourceAsStream("/jpeg-lossless/8_ls.jpg")) {
            whole = input.readAllBytes();
        }
        assertThat(decoder.decode(whole).color().width()).isPositive();
        assertCutOffIsDamage(Arrays.copyOf(whole, (int) (whole.length * part)));
    }

    private void assertCutOffIsDamage(byte[] file) {
        assertThatThrownBy(() -> decoder.decode(file))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(ImageRejectedException.Reason.DAMAGED_IMAGE));
    }

    /** Between two scans, where libjpeg passes over them with a warning. */
    private static byte[] withStrayBytes(byte[] jpeg) {
        int at = marker(jpeg, START_OF_SCAN, 0);
        int next = marker(jpeg, HUFFMAN_TABLE, at);
        byte[] longer = new byte[jpeg.length + 9];
        System.arraycopy(jpeg, 0, longer, 0, next);
        System.arraycopy(jpeg, next, longer, next + 9, jpeg.length - next);
        return longer;
    }

    private static int marker(byte[] jpeg, int marker, int from) {
        int at = from;
        while ((jpeg[at] & 0xFF) != MARKER || (jpeg[at + 1] & 0xFF) != marker) {
            at++;
        }
        return at;
    }

    private static byte[] progressive() throws IOException {
        BufferedImage noise = new BufferedImage(128, 128, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < 128 * 128; i++) {
            noise.setRGB(i % 128, i / 128, random.nextInt());
        }
        return LimitsTest.progressive(noise);
    }
}
