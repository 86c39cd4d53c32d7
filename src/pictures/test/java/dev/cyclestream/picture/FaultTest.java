package dev.cyclestream.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.format.ImageDecoder;
import org.junit.jupiter.api.Test;

class FaultTest {

    private final Picture input = TestPicture.noise(32, 32, 1).resize(64, 64);

    @Test
    void negativeIsInverted() {
        assertThat(Fault.of(TestPicture.changed(input, value -> 255 - value), input))
                .containsExactly(Fault.INVERTED);
    }

    @Test
    void copyIsUnchanged() {
        assertThat(Fault.of(input, input)).containsExactly(Fault.UNCHANGED);
    }

    @Test
    void copyThatWasEncodedAsJpegIsUnchanged() {
        Picture soft = TestPicture.noise(8, 8, 1).resize(64, 64);
        byte[] jpeg = new ImageEncoder(0.92f).encode(soft, ImageFormat.JPEG).toBytes();
        assertThat(Fault.of(new ImageDecoder(ImageLimits.DEFAULT).decode(jpeg).color(), soft))
                .containsExactly(Fault.UNCHANGED);
    }

    @Test
    void oneBrightnessIsBlank() {
        assertThat(Fault.of(TestPicture.plain(64, 64, 200), input)).containsExactly(Fault.BLANK);
    }

    @Test
    void paleOutputOfAPaleInputIsNoFault() {
        Picture pale = TestPicture.plain(64, 64, 200);
        assertThat(Fault.of(TestPicture.plain(64, 64, 120), pale)).isEmpty();
    }

    @Test
    void anotherPictureHasNoFault() {
        assertThat(Fault.of(TestPicture.noise(32, 32, 2).resize(64, 64), input)).isEmpty();
    }

    @Test
    void warmerOrDarkerPictureHasNoFault() {
        Picture noise = TestPicture.noise(16, 16, 1);
        assertThat(Fault.of(TestPicture.changed(noise, value -> Math.min(255, value + 20)), noise))
                .isEmpty();
        assertThat(Fault.of(TestPicture.changed(noise, value -> value / 2), noise))
                .isEmpty();
    }

    @Test
    void differenceThatNobodySeesIsNone() {
        Picture lighter = TestPicture.changed(input, value -> Math.min(255, value + 1));
        assertThat(Fault.of(lighter, input)).containsExactly(Fault.UNCHANGED);
    }

    @Test
    void picturesOfFewPixelsAreJudgedByTheirColours() {
        Picture small = TestPicture.noise(8, 8, 1);
        assertThat(Fault.of(small, small)).containsExactly(Fault.UNCHANGED);
    }
}
