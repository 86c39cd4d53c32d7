package dev.cyclestream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DemoIT {

    @TempDir
    private Path output;

    @Test
    void drawnPicturesGoThereAndBack() throws Exception {
        Recorder recorder = new Recorder();
        Demo.Result result = new Demo(DemoPicture.draw(12, 3), output, recorder).run();
        assertThat(result.translations()).isEqualTo(24);
        assertThat(result.deadLetters()).isZero();
        assertThat(result.imagesPerSecond()).isPositive();
        assertThat(Files.readString(result.page())).contains("apple-01.png", "back again", "data:image/png;base64,");
        assertThat(ImageIO.read(result.contactSheet().toFile()).getWidth()).isGreaterThan(1000);
        assertThat(recorder.parts).hasSize(3);
        assertThat(recorder.last).isEqualTo("24 of 24");
    }

    @Test
    void picturesOfTheUserAreShrunkAndBrokenOnesAreExplained() throws Exception {
        Path images = Files.createDirectories(output.resolve("pictures"));
        writeLargePicture(images.resolve("large.png"));
        Files.writeString(images.resolve("broken.png"), "this is no picture");
        Demo.Result result = new Demo(DemoPicture.read(images, 48), output, new Recorder()).run();
        assertThat(result.translations()).isEqualTo(2);
        assertThat(result.deadLetters()).isEqualTo(1);
        assertThat(Files.readString(result.page()))
                .contains(
                        "large.png",
                        "broken.png",
                        "dead letter: NOT_AN_IMAGE: expected PNG, JPEG, WebP, GIF, BMP or TIFF");
    }

    private static void writeLargePicture(Path file) throws IOException {
        java.awt.image.BufferedImage image =
                new java.awt.image.BufferedImage(300, 200, java.awt.image.BufferedImage.TYPE_INT_RGB);
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }

    private static final class Recorder implements Demo.DemoProgress {
        private final List<String> parts = new ArrayList<>();
        private String last = "";

        @Override
        public void done(String part) {
            parts.add(part);
        }

        @Override
        public void translated(int count, int all) {
            last = "%d of %d".formatted(count, all);
        }
    }
}
