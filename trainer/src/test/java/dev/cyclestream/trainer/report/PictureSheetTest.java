package dev.cyclestream.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.picture.Picture;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureSheetTest {

    @Test
    void cellsOfTwoGroupsStandUnderTheirHeadings() {
        PictureSheet sheet = new PictureSheet(List.of(List.of("input", "identity"), List.of("target")));
        sheet.addRow(List.of(List.of(grey(10), grey(20)), List.of(grey(30))));
        BufferedImage image = sheet.draw();
        assertThat(image.getWidth()).isEqualTo(4 + 3 * (40 + 4) + 20);
        assertThat(image.getHeight()).isEqualTo(18 + 40 + 4 + 4);
        assertThat(image.getRGB(4, 18) & 0xFF).isEqualTo(10);
        assertThat(image.getRGB(48, 18) & 0xFF).isEqualTo(20);
        assertThat(image.getRGB(112, 57) & 0xFF).isEqualTo(30);
        assertThat(darkPixels(image, 112, 152))
                .as("a heading over the last column")
                .isGreaterThan(20);
        assertThat(darkPixels(image, 92, 111)).as("nothing over the gap").isZero();
    }

    @Test
    void headingsThatAreWiderThanPicturesKeepApart() {
        PictureSheet sheet = new PictureSheet(List.of(List.of("back again", "translated")));
        sheet.addRow(List.of(List.of(grey(10), grey(20))));
        BufferedImage image = sheet.draw();
        int column = Math.max(PixelLetters.width("back again"), PixelLetters.width("translated"));
        assertThat(column).isGreaterThan(40);
        assertThat(image.getWidth()).isEqualTo(4 + 2 * (column + 4));
        assertThat(darkPixels(image, 4 + column, 4 + column + 4))
                .as("nothing over the gap")
                .isZero();
        assertThat(image.getRGB(4 + column / 2, 18) & 0xFF).isEqualTo(10);
        assertThat(image.getRGB(4, 18) & 0xFF).as("beside the picture").isEqualTo(255);
    }

    @Test
    void headingsHaveTheirLettersAndMissingOnesAreNamed() {
        BufferedImage image = new BufferedImage(5, PixelLetters.HEIGHT, BufferedImage.TYPE_INT_RGB);
        assertThat(SampleRow.HEADINGS).allMatch(heading -> PixelLetters.width(heading) > 0);
        assertThatThrownBy(() -> PixelLetters.draw(image.createGraphics(), "?", 0, 0, 1))
                .hasMessage("letters.txt: has no letter '?'");
    }

    private static int darkPixels(BufferedImage image, int left, int right) {
        int count = 0;
        for (int x = left; x < right; x++) {
            for (int y = 0; y < 18; y++) {
                count += (image.getRGB(x, y) & 0xFF) < 128 ? 1 : 0;
            }
        }
        return count;
    }

    private static Picture grey(int value) {
        byte[] samples = new byte[40 * 40 * 3];
        Arrays.fill(samples, (byte) value);
        return new Picture(40, 40, samples);
    }
}
