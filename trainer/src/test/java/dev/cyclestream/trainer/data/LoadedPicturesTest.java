package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.picture.BicubicResampler;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedPicturesTest {

    private static final Augmentation TO_16 = Augmentation.none(16);
    private static final long BYTES_OF_ONE = 16 * 16 * 3;

    @TempDir
    private Path folder;

    @Test
    void picturesAreKeptAtTheirLoadSizeWithoutTheirFile() throws IOException {
        LoadedPictures pictures = new LoadedPictures(TO_16, BYTES_OF_ONE);
        Picture decoded = picture(40);
        pictures.offer(folder.resolve("gone.png"), decoded);
        assertThat(pictures.get(folder.resolve("gone.png"))).isEqualTo(BicubicResampler.resize(decoded, 16, 16));
    }

    @Test
    void whatDoesNotFitAnyMoreIsReadFromItsFile() throws IOException {
        LoadedPictures pictures = new LoadedPictures(TO_16, 2 * BYTES_OF_ONE);
        for (String name : new String[] {"a.png", "b.png", "c.png"}) {
            pictures.offer(folder.resolve(name), picture(20));
        }
        assertThat(pictures.get(folder.resolve("b.png")).width()).isEqualTo(16);
        assertThatThrownBy(() -> pictures.get(folder.resolve("c.png"))).isInstanceOf(IOException.class);
        Picture onDisk = picture(24);
        PictureFile.writePng(folder.resolve("c.png"), onDisk.toBufferedImage());
        assertThat(pictures.get(folder.resolve("c.png"))).isEqualTo(BicubicResampler.resize(onDisk, 16, 16));
    }

    private static Picture picture(int side) {
        byte[] samples = new byte[side * side * Picture.CHANNELS];
        for (int index = 0; index < samples.length; index++) {
            samples[index] = (byte) (index * 7);
        }
        return new Picture(side, side, samples);
    }
}
