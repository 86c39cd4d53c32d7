package dev.cyclestream.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.format.ImageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PictureDistanceTest {

    private static final double EXACT = 1e-12;

    @Test
    void l1OfBlackAndWhiteIsTwo() {
        assertThat(PictureDistance.l1(TestPicture.plain(16, 20, 0), TestPicture.plain(16, 20, 255)))
                .isEqualTo(2);
    }

    @Test
    void l1IsOfSamplesBetweenMinusOneAndOne() {
        assertThat(PictureDistance.l1(TestPicture.plain(16, 20, 100), TestPicture.plain(16, 20, 151)))
                .isCloseTo(51 / 127.5, within(EXACT));
    }

    @Test
    void ssimOfEqualPicturesIsOne() {
        Picture noise = TestPicture.noise(31, 17, 1);
        assertThat(PictureDistance.ssim(noise, noise)).isCloseTo(1, within(EXACT));
    }

    /** Of plain pictures only the term of the means is left: (2 x y + C1) / (x² + y² + C1). */
    @Test
    void ssimOfPlainPicturesIsTheTermOfTheMeans() {
        double c1 = 2.55 * 2.55;
        double expected = (2 * 60 * 180 + c1) / (60 * 60 + 180 * 180 + c1);
        assertThat(PictureDistance.ssim(TestPicture.plain(12, 30, 60), TestPicture.plain(12, 30, 180)))
                .isCloseTo(expected, within(1e-9));
    }

    @Test
    void numbersAreThoseOfAnotherImplementation() throws IOException {
        String text = new String(read("/distances/distances.json"), StandardCharsets.UTF_8);
        int count = 0;
        for (JsonElement element : JsonParser.parseString(text).getAsJsonArray()) {
            JsonObject expected = element.getAsJsonObject();
            Picture left = picture(expected.get("left").getAsString());
            Picture right = picture(expected.get("right").getAsString());
            assertThat(PictureDistance.l1(left, right))
                    .isCloseTo(expected.get("l1").getAsDouble(), within(EXACT));
            assertThat(PictureDistance.ssim(left, right))
                    .isCloseTo(expected.get("ssim").getAsDouble(), within(1e-9));
            count++;
        }
        assertThat(count).isEqualTo(5);
    }

    private static Picture picture(String name) throws IOException {
        return new ImageDecoder(ImageLimits.DEFAULT)
                .decode(read("/images/" + name))
                .color();
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream input = PictureDistanceTest.class.getResourceAsStream(resource)) {
            return input.readAllBytes();
        }
    }

    @Test
    void picturesOfDifferentSizesAreRefused() {
        assertThatThrownBy(() -> PictureDistance.l1(TestPicture.plain(16, 20, 0), TestPicture.plain(20, 16, 0)))
                .hasMessage("distance: expected pictures of one size, found Picture[16 x 20] and Picture[20 x 16]");
    }

    @Test
    void picturesSmallerThanTheWindowAreRefused() {
        assertThatThrownBy(() -> PictureDistance.ssim(TestPicture.plain(10, 20, 0), TestPicture.plain(10, 20, 0)))
                .hasMessage("SSIM: expected sides of at least 11, found Picture[10 x 20]");
    }
}
