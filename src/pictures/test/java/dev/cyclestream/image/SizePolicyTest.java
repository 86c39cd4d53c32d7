package dev.cyclestream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.picture.AlphaPlane;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.picture.PictureSize;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizePolicyTest {

    @Test
    void nativeSizeStays() {
        DecodedImage image = image(1024, 17);
        assertThat(new SizePolicy.Native(1024).apply(image)).isSameAs(image);
    }

    @Test
    void tooLongASideIsRefused() {
        assertThatThrownBy(() -> new SizePolicy.Native(1024).apply(image(1025, 17)))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessage("expected at most 1024 pixels a side, found 1025 x 17");
    }

    @Test
    void sideThatNoGeneratorTakesIsRefused() {
        assertThatThrownBy(() -> new SizePolicy.Native(1024).apply(image(100, 15)))
                .hasMessage("expected at least 16 pixels a side, found 100 x 15");
        assertThatThrownBy(() -> new SizePolicy.Fit(64).apply(image(1000, 100)))
                .hasMessage("expected at least 16 pixels a side, found 1000 x 100, which would shrink to 64 x 6");
    }

    @ParameterizedTest
    @CsvSource({"400, 300, 64, 48", "300, 400, 48, 64", "401, 300, 64, 48", "64, 64, 64, 64", "50, 30, 50, 30"})
    void fittingKeepsProportions(int width, int height, int fittedWidth, int fittedHeight) {
        DecodedImage fitted = new SizePolicy.Fit(64).apply(image(width, height));
        assertThat(fitted.color().toString()).isEqualTo("Picture[%d x %d]".formatted(fittedWidth, fittedHeight));
        assertThat(fitted.alpha().orElseThrow().samples().limit()).isEqualTo(fittedWidth * fittedHeight);
    }

    @ParameterizedTest
    @CsvSource({"40, 30, 40, 30", "8, 3, 8, 3", "60, 40, 42, 28", "1, 5000, 1, 1200", "5000, 1, 1200, 1"})
    void moreThanSoManyPixelsAreShrunkAndShortSidesAreKept(int width, int height, int newWidth, int newHeight) {
        SizePolicy most = new SizePolicy.AtMost(1200);
        DecodedImage sized = most.apply(image(width, height));
        assertThat(sized.size()).isEqualTo(new PictureSize(newWidth, newHeight));
        assertThat(most.apply(sized)).as("no more is shrunk twice").isSameAs(sized);
    }

    private static DecodedImage image(int width, int height) {
        return new DecodedImage(
                ImageFormat.PNG,
                new Picture(width, height, new byte[width * height * Picture.CHANNELS]),
                Optional.of(new AlphaPlane(width, height, new byte[width * height])));
    }
}
