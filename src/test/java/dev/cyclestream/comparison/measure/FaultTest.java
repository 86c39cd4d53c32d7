package dev.cyclestream.comparison.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.gallery.ShownImage;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.picture.Picture;
import org.junit.jupiter.api.Test;

class FaultTest {

    private final Picture input = TestPictures.noise(32, 32, 1).resize(64, 64);

    @Test
    void negativeIsInverted() {
        assertThat(Fault.of(FakeGenerator.negative(input), input)).containsExactly(Fault.INVERTED);
    }

    @Test
    void copyIsUnchanged() {
        assertThat(Fault.of(input, input)).containsExactly(Fault.UNCHANGED);
    }

    @Test
    void copyThatWasEncodedAsJpegIsUnchanged() {
        Picture soft = TestPictures.noise(8, 8, 1).resize(64, 64);
        byte[] jpeg = new ImageEncoder(0.92f).encode(soft, ImageFormat.JPEG).toBytes();
        assertThat(Fault.of(ShownImage.of(jpeg).decode(), soft)).containsExactly(Fault.UNCHANGED);
    }

    @Test
    void oneBrightnessIsBlank() {
        assertThat(Fault.of(TestPictures.plain(64, 64, 200), input)).containsExactly(Fault.BLANK);
    }

    @Test
    void paleOutputOfAPaleInputIsNoFault() {
        Picture pale = TestPictures.plain(64, 64, 200);
        assertThat(Fault.of(TestPictures.plain(64, 64, 120), pale)).isEmpty();
    }

    @Test
    void anotherPictureHasNoFault() {
        assertThat(Fault.of(TestPictures.noise(32, 32, 2).resize(64, 64), input))
                .isEmpty();
    }
}
