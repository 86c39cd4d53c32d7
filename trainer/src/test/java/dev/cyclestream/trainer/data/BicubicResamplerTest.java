package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BicubicResamplerTest {

    @ParameterizedTest
    @CsvSource({"9, 7", "40, 31", "72, 72", "16, 17"})
    void resultIsPillowsToTheByte(int width, int height) throws Exception {
        Picture resized = BicubicResampler.resize(read("input-23x17.png"), width, height);
        assertThat(resized).isEqualTo(read("bicubic-%dx%d.png".formatted(width, height)));
    }

    private static Picture read(String name) throws IOException, URISyntaxException {
        return PictureFile.read(Path.of(
                BicubicResamplerTest.class.getResource("/pillow/" + name).toURI()));
    }
}
