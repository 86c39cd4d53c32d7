package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageDecoder;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What networks learn from is what they will be given: the trainer's pixels are the translator's. */
class SamePixelsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "images/png-16-bit.png",
                "images/png-palette-alpha.png",
                "images/png-profile.png",
                "images/jpeg-cmyk.jpg",
                "images/jpeg-exif-6.jpg",
                "images/jpeg-profile.jpg",
                "images/jpeg-progressive.jpg",
                "images/webp-lossy.webp",
                "images/webp-exif-8.webp",
                "images/tiff-deflate-alpha.tif",
                "images/gif-transparent.gif",
                "images/bmp-8.bmp",
                "faults/bmp-565/rgb565.bmp",
                "faults/jpeg-icc-claims-2gib/poison.jpg",
                "faults/jpeg-no-eoi/no-eoi.jpg",
                "faults/png-grey-trns/grey2.png",
                "faults/tiff-grey-float/float.tif",
                "faults/webp-animation-offset/partial.webp",
                "faults/webp-broken-icc/bad-tag.webp",
                "faults/webp-lossy-green/wide.webp"
            })
    void trainerSeesWhatTheTranslatorSees(String image) throws IOException {
        byte[] encoded = bytes(image);
        Path file = Files.write(folder.resolve("image"), encoded);
        RgbImage translators =
                new ImageDecoder(ImageLimits.DEFAULT).decode(encoded).color();
        byte[] samples = new byte[translators.samples().remaining()];
        translators.samples().get(samples);
        Picture expected = new Picture(translators.width(), translators.height(), samples);
        assertThat(PictureFile.read(file)).isEqualTo(expected);
        assertThat(Augmentation.none(16).read(file)).isEqualTo(expected);
    }

    private static byte[] bytes(String image) throws IOException {
        try (InputStream content = SamePixelsTest.class.getResourceAsStream("/" + image)) {
            return content.readAllBytes();
        }
    }
}
