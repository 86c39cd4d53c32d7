package dev.cyclestream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.Picture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageEncoderTest {

    private final ImageEncoder encoder = new ImageEncoder(ImageEncoder.DEFAULT_JPEG_QUALITY);
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @Test
    void pngComesBackExactly() {
        Picture image = noise(31, 17);
        EncodedImage encoded = encoder.encode(image, ImageFormat.PNG);
        assertThat(encoded.width()).isEqualTo(31);
        assertThat(encoded.height()).isEqualTo(17);
        assertThat(ImageFormat.sniff(encoded.toBytes())).contains(ImageFormat.PNG);
        assertThat(decoder.decode(encoded.toBytes()).color()).isEqualTo(image);
    }

    @Test
    void jpegComesBackMuchTheSame() {
        byte[] samples = new byte[32 * 32 * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (60 + i / 3 % 32 + 40 * (i % 3));
        }
        Picture gradient = new Picture(32, 32, samples);
        EncodedImage encoded = encoder.encode(gradient, ImageFormat.JPEG);
        assertThat(ImageFormat.sniff(encoded.toBytes())).contains(ImageFormat.JPEG);
        assertThat(decoder.decode(encoded.toBytes()).color().largestDifference(gradient))
                .isLessThan(12);
    }

    @Test
    void equalPixelsGiveEqualBytes() {
        for (ImageFormat format : List.of(ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.TIFF)) {
            assertThat(encoder.encode(noise(40, 24), format).toBytes())
                    .isEqualTo(encoder.encode(noise(40, 24), format).toBytes());
        }
    }

    @Test
    void lowerQualityMakesSmallerFiles() {
        Picture image = noise(64, 64);
        int best = new ImageEncoder(1).encode(image, ImageFormat.JPEG).size();
        int worst = new ImageEncoder(0.1f).encode(image, ImageFormat.JPEG).size();
        assertThat(worst).isLessThan(best / 2);
    }

    @Test
    void qualityOutsideItsRangeIsRefused() {
        assertThatThrownBy(() -> new ImageEncoder(1.5f)).hasMessage("JPEG quality: expected 0 to 1, found 1.5");
    }

    private static Picture noise(int width, int height) {
        byte[] samples = new byte[width * height * Picture.CHANNELS];
        new SplittableRandom(3).nextBytes(samples);
        return new Picture(width, height, samples);
    }

    @Test
    void marksThePictureAsMadeByAMachine() {
        for (ImageFormat format : List.of(ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.TIFF)) {
            DecodedImage image = new DecodedImage(format, noise(40, 24), Optional.empty());
            byte[] marked = encoder.encode(image, new MachineMark("Cyclestream", "a<b>.onnx"))
                    .toBytes();
            assertThat(new String(marked, StandardCharsets.UTF_8))
                    .as(format.name())
                    .contains("digitalsourcetype/trainedAlgorithmicMedia")
                    .contains("AISystemVersionUsed=\"a&lt;b>.onnx\"");
            assertThat(decoder.decode(marked).color().toString())
                    .isEqualTo(image.color().toString());
        }
    }
}
