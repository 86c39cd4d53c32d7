package dev.cyclestream.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.format.ImageDecoder;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BicubicResamplerTest {

    @ParameterizedTest
    @CsvSource({"9, 7", "40, 31", "72, 72", "16, 17"})
    void resultIsPillowsToTheByte(int width, int height) throws IOException {
        Picture resized = BicubicResampler.resize(read("input-23x17.png"), width, height);
        assertThat(resized).isEqualTo(read("bicubic-%dx%d.png".formatted(width, height)));
    }

    private static Picture read(String name) throws IOException {
        try (InputStream content = BicubicResamplerTest.class.getResourceAsStream("/pillow/" + name)) {
            return new ImageDecoder(ImageLimits.DEFAULT)
                    .decode(content.readAllBytes())
                    .color();
        }
    }
}
