package dev.cyclestream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.Augmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CycleErrorsTest {

    private static final int SIDE = 16;

    @TempDir
    private Path folder;

    @Test
    void quantilesAreErrorsThatTheirShareDoesNotExceed() {
        List<Double> errors = IntStream.rangeClosed(1, 20)
                .mapToObj(number -> (21 - number) / 100.0)
                .toList();
        assertThat(CycleErrors.of(errors)).isEqualTo(new CycleErrors(20, List.of(0.01, 0.05, 0.1, 0.15, 0.19)));
        assertThat(CycleErrors.of(List.of(0.5)).quantiles()).containsOnly(0.5).hasSize(5);
    }

    @Test
    void errorIsTheMeanDifferenceOfWhatComesBack() throws IOException {
        List<Path> files = List.of(write(0), write(51), write(102));
        // The way back makes each picture 51 of 255 brighter.
        CycleErrors found = measure(files, picture -> constant(value(picture) + 51));
        assertThat(found.pictures()).isEqualTo(3);
        assertThat(found.quantiles()).containsOnly(0.2);
    }

    @Test
    void whatComesBackIsThatOfBothWays() throws IOException {
        Translator there = pictures -> List.of(constant(255 - value(pictures.get(0))));
        assertThat(CycleErrors.measure(List.of(write(40)), Augmentation.none(SIDE), there, there))
                .contains(new CycleErrors(1, List.of(0.0, 0.0, 0.0, 0.0, 0.0)));
    }

    @Test
    void ofManyPicturesSomeAreTakenThatSpreadOverAll() throws IOException {
        List<Path> files = new ArrayList<>();
        Path dark = write(0);
        Path bright = write(204);
        for (int index = 0; index < 500; index++) {
            files.add(index < 250 ? dark : bright);
        }
        CycleErrors found = measure(files, picture -> constant(0));
        assertThat(found.pictures()).isEqualTo(200);
        assertThat(found.quantiles()).containsExactly(0.0, 0.0, 0.0, 0.8, 0.8);
    }

    @Test
    void withoutPicturesThereAreNone() throws IOException {
        assertThat(CycleErrors.measure(List.of(), Augmentation.none(SIDE), pictures -> pictures, pictures -> pictures))
                .isEqualTo(Optional.empty());
    }

    private static CycleErrors measure(List<Path> files, java.util.function.UnaryOperator<Picture> back)
            throws IOException {
        return CycleErrors.measure(
                        files,
                        Augmentation.none(SIDE),
                        pictures -> pictures,
                        pictures -> pictures.stream().map(back).toList())
                .orElseThrow();
    }

    private Path write(int value) throws IOException {
        byte[] png =
                new ImageEncoder(1).encode(constant(value), ImageFormat.PNG).toBytes();
        return Files.write(folder.resolve(value + ".png"), png);
    }

    private static int value(Picture picture) {
        return picture.sample(0, 0, 0);
    }

    private static Picture constant(int value) {
        byte[] samples = new byte[SIDE * SIDE * Picture.CHANNELS];
        java.util.Arrays.fill(samples, (byte) value);
        return new Picture(SIDE, SIDE, samples);
    }
}
