package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cyclestream.picture.Picture;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void palettesOfTwoColoursAndOneTransparentAreLookedUp() throws IOException {
        byte[] values = {(byte) 200, 0};
        IndexColorModel palette = new IndexColorModel(1, 2, values, values, values, 1);
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        image.getRaster().setSample(1, 0, 0, 1);
        assertPixels(image, new int[][] {{200, 200, 200}, {255, 255, 255}});
    }

    @Test
    void sixteenBitColourWithAlphaIsScaledToEightAndLaidOnWhite() throws IOException {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_USHORT);
        BufferedImage image = new BufferedImage(model, model.createCompatibleWritableRaster(2, 1), false, null);
        image.getRaster().setPixel(0, 0, new int[] {10 * 257, 20 * 257, 30 * 257, 65535});
        image.getRaster().setPixel(1, 0, new int[] {65535, 0, 0, 0});
        assertPixels(image, new int[][] {{10, 20, 30}, {255, 255, 255}});
    }

    /** The pictures were written by Pillow, from one that is red on the left, blue on the right, green in its first corner. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyOrientationComesOutUpright(int orientation) throws Exception {
        Picture picture = PictureFile.read(resource("orientation-%d.jpg".formatted(orientation)));
        assertThat(picture.width()).isEqualTo(32);
        assertThat(picture.height()).isEqualTo(16);
        assertColor(picture, 3, 3, 0, 255, 0);
        assertColor(picture, 12, 12, 255, 0, 0);
        assertColor(picture, 28, 4, 0, 0, 255);
    }

    /** Written by Pillow: pure cyan, pure yellow, and paper. */
    @Test
    void printersColoursAreRead() throws Exception {
        Picture picture = PictureFile.read(resource("cmyk.jpg"));
        assertThat(picture.sample(8, 8, 0)).as("cyan takes the red").isLessThan(60);
        assertThat(picture.sample(8, 8, 2)).isGreaterThan(180);
        assertThat(picture.sample(24, 8, 0)).isGreaterThan(200);
        assertThat(picture.sample(24, 8, 2)).as("yellow takes the blue").isLessThan(60);
        assertColor(picture, 40, 8, 255, 255, 255);
    }

    @Test
    void jpegThatBreaksOffIsDamaged() throws Exception {
        byte[] whole = Files.readAllBytes(resource("orientation-1.jpg"));
        Path file = Files.write(folder.resolve("half.jpg"), Arrays.copyOf(whole, whole.length - 60));
        assertThatThrownBy(() -> PictureFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("half.jpg: the image is damaged");
    }

    @Test
    void textIsNamedAndRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.png"), "not an image");
        assertThatThrownBy(() -> PictureFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("notes.png: expected PNG, JPEG, WebP, GIF, BMP or TIFF, found 12 bytes");
    }

    @Test
    void damagedImageIsNamedAndRefused() throws IOException {
        Path whole = folder.resolve("whole.png");
        PictureFile.writePng(whole, new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB));
        byte[] bytes = Files.readAllBytes(whole);
        Path file = Files.write(folder.resolve("half.png"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> PictureFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("half.png: the image is damaged");
    }

    @Test
    void kindThatIsNotReadIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("x.png"), "\0\0\0\30ftypheic", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> PictureFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": the image is of a kind that is not read: HEIC, the format of iPhones");
    }

    @Test
    void fileThatIsTooLargeToBeLookedAtIsSaidToBeWhatItIs() throws IOException {
        Path video = Files.writeString(folder.resolve("clip.jpg"), "\0\0\0\30ftypmp42", StandardCharsets.ISO_8859_1);
        try (RandomAccessFile longer = new RandomAccessFile(video.toFile(), "rw")) {
            longer.setLength(3L << 30); // takes no room on the disk
        }
        assertThatThrownBy(() -> PictureFile.read(video))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(video + ": the image is of a kind that is not read: video");
    }

    @Test
    void moreThan25MegapixelsAreShrunkOnlyWhereTheyAreResizedAnyway() throws IOException {
        Path file = folder.resolve("panorama.png");
        PictureFile.writePng(file, new BufferedImage(26_000, 1000, BufferedImage.TYPE_BYTE_GRAY));
        assertThat(PictureFile.read(file)).hasToString("Picture[26000 x 1000]");
        assertThat(new Augmentation(Preprocessing.CROP, 16, 16, false).read(file))
                .hasToString("Picture[26000 x 1000]");
        assertThat(Augmentation.none(16).read(file)).hasToString("Picture[25495 x 980]");
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(PictureFileTest.class.getResource("/pictures/" + name).toURI());
    }

    private static void assertColor(Picture picture, int x, int y, int red, int green, int blue) {
        assertThat(picture.sample(x, y, 0)).isCloseTo(red, within(12));
        assertThat(picture.sample(x, y, 1)).isCloseTo(green, within(12));
        assertThat(picture.sample(x, y, 2)).isCloseTo(blue, within(12));
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
