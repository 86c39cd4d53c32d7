package dev.cyclestream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cyclestream.picture.Picture;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class PictureDistanceTest {

    private static final int SIZE = 24;

    @Test
    void l1IsTheMeanDifferenceWithSamplesFromMinusOneToOne() {
        assertThat(PictureDistance.l1(flat(0), flat(255))).isEqualTo(2);
        assertThat(PictureDistance.l1(flat(100), flat(151))).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void pictureIsLikeItself() {
        Picture picture = draw((x, y) -> (x * 37 + y * 91) % 256);
        assertThat(PictureDistance.ssim(picture, picture)).isCloseTo(1, within(1e-12));
    }

    @Test
    void flatPicturesDifferByTheirBrightnessOnly() {
        // (2 a b + C1) / (a^2 + b^2 + C1), since no pixel varies
        double c1 = 2.55 * 2.55;
        double expected = (2 * 100 * 150 + c1) / (100 * 100 + 150 * 150 + c1);
        assertThat(PictureDistance.ssim(flat(100), flat(150))).isCloseTo(expected, within(1e-9));
    }

    @Test
    void ssimEqualsAnIndependentComputation() {
        // Computed with NumPy, window by window, from the formula of the paper; see the generator below.
        Picture left = draw((x, y) -> (x * 10 + y * 3) % 256);
        Picture right = draw((x, y) -> (x * 9 + y * 5 + (x * y) % 17) % 256);
        assertThat(PictureDistance.ssim(left, right)).isCloseTo(SSIM_BY_NUMPY, within(1e-9));
    }

    // import numpy as np
    // n = 24; y, x = np.mgrid[:n, :n].astype(float)
    // a = (x * 10 + y * 3) % 256; b = (x * 9 + y * 5 + (x * y) % 17) % 256
    // g = np.exp(-np.arange(-5, 6.0) ** 2 / 4.5); w = np.outer(g, g); w /= w.sum()
    // s = []
    // for i in range(n - 10):
    //     for j in range(n - 10):
    //         p, q = a[i:i+11, j:j+11], b[i:i+11, j:j+11]; m, k = (w * p).sum(), (w * q).sum()
    //         v, u, c = (w * (p-m)**2).sum(), (w * (q-k)**2).sum(), (w * (p-m) * (q-k)).sum()
    //         s.append((2*m*k + 2.55**2) * (2*c + 7.65**2) / ((m*m + k*k + 2.55**2) * (v + u + 7.65**2)))
    // print(np.mean(s))
    private static final double SSIM_BY_NUMPY = 0.779117918632433;

    @Test
    void picturesOfDifferentSizesAreRefused() {
        Picture wide = new Picture(30, 20, new byte[30 * 20 * 3]);
        assertThatThrownBy(() -> PictureDistance.ssim(flat(1), wide))
                .hasMessage("SSIM: expected pictures of one size, found Picture[24 x 24] and Picture[30 x 20]");
    }

    private static Picture flat(int value) {
        return draw((x, y) -> value);
    }

    private static Picture draw(IntBinaryOperator grey) {
        byte[] samples = new byte[SIZE * SIZE * 3];
        for (int i = 0; i < SIZE * SIZE * 3; i++) {
            samples[i] = (byte) grey.applyAsInt(i / 3 % SIZE, i / 3 / SIZE);
        }
        return new Picture(SIZE, SIZE, samples);
    }
}
