package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFileTest {

    @TempDir
    private Path folder;

    @Test
    void greyIsNotBrightened() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 100);
        image.getRaster().setSample(1, 0, 0, 200);
        assertPixels(image, new int[][] {{100, 100, 100}, {200, 200, 200}});
    }

    @Test
    void sixteenBitGreyIsScaledToEight() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 65535);
        image.getRaster().setSample(1, 0, 0, 100 * 257);
        assertPixels(image, new int[][] {{255, 255, 255}, {100, 100, 100}});
    }

    @Test
    void alphaIsLaidOnWhite() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00FF0000);
        image.setRGB(1, 0, 0x80000000);
        assertPixels(image, new int[][] {{255, 255, 255}, {127, 127, 127}});
    }

    @Test
    void palettesAreLookedUp() throws IOException {
        byte[] red = {0, (byte) 200};
        byte[] green = {0, 100};
        byte[] blue = {0, 50};
        IndexColorModel palette = new IndexColorModel(8, 2, red, green, blue);
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setSample(1, 0, 0, 1);
        assertPixels(image, new int[][] {{0, 0, 0}, {200, 100, 50}});
    }

    @Test
    void textIsNamedAndRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.png"), "not an image");
        assertThatThrownBy(() -> PictureFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("notes.png: expected an image, found something else");
    }

    @Test
    void damagedImageIsNamedAndRefused() throws IOException {
        Path whole = folder.resolve("whole.png");
        PictureFile.writePng(whole, new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB));
        byte[] bytes = Files.readAllBytes(whole);
        Path file = Files.write(folder.resolve("half.png"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> PictureFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("half.png: is damaged");
    }

    private void assertPixels(BufferedImage image, int[][] expected) throws IOException {
        Path file = folder.resolve("image.png");
        PictureFile.writePng(file, image);
        Picture picture = PictureFile.read(file);
        for (int x = 0; x < expected.length; x++) {
            int[] found = {picture.sample(x, 0, 0), picture.sample(x, 0, 1), picture.sample(x, 0, 2)};
            assertThat(found).as("pixel %d", x).containsExactly(expected[x]);
        }
    }
}
