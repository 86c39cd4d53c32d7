package dev.cyclestream.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PictureTest {

    @Test
    void drawnImageHoldsTheSameSamples() {
        byte[] samples = {1, 2, 3, (byte) 200, (byte) 150, 100};
        Picture image = new Picture(2, 1, samples);
        assertThat(Picture.of(image.toBufferedImage())).isEqualTo(image);
    }

    @Test
    void fittedImageKeepsItsProportionsAndItsMean() {
        byte[] samples = new byte[200 * 100 * 3];
        for (int pixel = 0; pixel < 200 * 100; pixel++) {
            samples[3 * pixel] = (byte) (pixel % 2 == 0 ? 100 : 200);
        }
        Picture fitted = new Picture(200, 100, samples).fit(50);
        assertThat(fitted.width()).isEqualTo(50);
        assertThat(fitted.height()).isEqualTo(25);
        assertThat(fitted.samples().get(0) & 0xFF).isBetween(149, 151);
    }

    @Test
    void smallImageStaysAsItIs() {
        Picture image = new Picture(2, 1, new byte[6]);
        assertThat(image.fit(2)).isSameAs(image);
    }

    @Test
    void differenceIsTheLargestOfAnySample() {
        Picture left = new Picture(1, 1, new byte[] {0, 10, (byte) 250});
        Picture right = new Picture(1, 1, new byte[] {0, 12, (byte) 200});
        assertThat(left.largestDifference(right)).isEqualTo(50);
    }

    @Test
    void mirroredImageContinuesWithoutRepeatingItsBorder() {
        Picture image = new Picture(3, 1, new byte[] {1, 1, 1, 2, 2, 2, 3, 3, 3});
        Picture padded = image.mirrorTo(3, 1);
        assertThat(padded).isSameAs(image);
        Picture row = new Picture(3, 2, new byte[] {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6});
        Picture wider = row.mirrorTo(4, 2);
        assertThat(wider.width()).isEqualTo(4);
        assertThat(wider.samples().get(9)).isEqualTo((byte) 2);
        assertThat(wider.crop(3, 2)).isEqualTo(row);
    }

    @Test
    void resizedImageKeepsItsColours() {
        byte[] samples = new byte[40 * 20 * 3];
        Arrays.fill(samples, (byte) 77);
        Picture resized = new Picture(40, 20, samples).resize(7, 33);
        assertThat(resized.width()).isEqualTo(7);
        assertThat(resized.height()).isEqualTo(33);
        byte[] expected = new byte[7 * 33 * 3];
        Arrays.fill(expected, (byte) 77);
        assertThat(resized).isEqualTo(new Picture(7, 33, expected));
    }

    @Test
    void samplesOfAnotherNumberAreRefused() {
        assertThatThrownBy(() -> new Picture(2, 2, new byte[3]))
                .hasMessage("picture: expected 2 x 2 x 3 samples, found 3");
    }
}
