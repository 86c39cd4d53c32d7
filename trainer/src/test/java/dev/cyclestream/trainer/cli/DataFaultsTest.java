package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.trainer.run.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets as people have them: what is in them is learned from, passed over and said, or refused by its name. */
class DataFaultsTest extends CommandLineHarness {

    @Test
    void thumbnailsAndCopiesOfToolsAreNotLearnedFrom() throws IOException {
        writePicture(folder.resolve("data/trainA/@eaDir/1.png/SYNOPHOTO_THUMB.png"), 9);
        writePicture(folder.resolve("data/trainB/.ipynb_checkpoints/1-checkpoint.png"), 9);
        assertThat(train()).as(complained.toString()).isZero();
        assertThat(new RunFolder(folder.resolve("run")).description().epochLength())
                .isEqualTo(2);
        assertThat(complained.toString())
                .isEqualTo(folder.resolve("data") + ": passed over 2 that are hidden, left by tools, or links that lead"
                        + " nowhere or back up: trainA/@eaDir, trainB/.ipynb_checkpoints\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "images/webp-lossy.webp",
                "images/webp-lossless.webp",
                "images/tiff-lzw.tif",
                "faults/jpeg-icc-claims-2gib/poison.jpg",
                "faults/webp-broken-icc/cut-profile.webp"
            })
    void whatTheTranslatorReadsIsLearnedFrom(String image) throws IOException {
        copy(image, "trainA/x");
        assertThat(train()).as(complained.toString()).isZero();
        assertThat(new RunFolder(folder.resolve("run")).description().epochLength())
                .isEqualTo(3);
    }

    @Test
    void whatIsNotReadIsNamedWithALineForEachFileBeforeAFolderIsMade() throws IOException {
        copy("faults/webp-lossless-cut-off/half.webp", "trainA/half.webp");
        Path heic = Files.createDirectories(folder.resolve("data/trainB")).resolve("x.heic");
        Files.writeString(heic, "\0\0\0\30ftypheic", StandardCharsets.ISO_8859_1);
        assertThat(train()).isEqualTo(2);
        assertThat(complained.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains(folder.resolve("data/trainA/half.webp") + ": the image is damaged: "))
                .anyMatch(line ->
                        line.endsWith(heic + ": the image is of a kind that is not read: HEIC, the format of iPhones"));
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"data/trainA/run", "data/trainB", "data/testA/deep/run", "data", "link/run"})
    void outputAmongThePicturesIsRefusedBeforeItIsMade(String output) throws IOException {
        Files.createDirectories(folder.resolve("data/testA"));
        Files.createDirectories(folder.resolve("data/trainA"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data/trainA"));
        assertThat(trainInto(folder.resolve(output).toString())).isEqualTo(2);
        assertThat(complained.toString())
                .startsWith("cyclestream-trainer: --output: expected a folder ")
                .endsWith(", found " + (output.equals("data") ? "the data set itself, " : "") + folder.resolve(output)
                        + "\n")
                .hasLineCount(1);
        assertThat(folder.resolve(output).resolve("run.json")).doesNotExist();
    }

    @Test
    void checkpointsAreNotWrittenAmongThePictures() throws IOException {
        assertThat(train()).as(complained.toString()).isZero();
        String run = folder.resolve("run").toString();
        String output = folder.resolve("data/trainA/exported").toString();
        assertThat(execute("export", "--run", run, "--output", output)).isEqualTo(2);
        assertThat(execute("evaluate", "--run", run, "--output", output)).isEqualTo(2);
        assertThat(complained.toString())
                .contains("--output: expected a folder outside of the pictures in ")
                .hasLineCount(2);
        assertThat(Path.of(output)).doesNotExist();
    }

    @Test
    void outputBesideThePicturesIsTaken() throws IOException {
        assertThat(trainInto(folder.resolve("data/run").toString()))
                .as(complained.toString())
                .isZero();
    }

    @Test
    void picturesAsTheyAreThatAreTooSmallForTheNetworksAreNamed() throws IOException {
        assertThat(train("--preprocessing", "none", "--size", "48", "--discriminator-layers", "4"))
                .isEqualTo(2);
        assertThat(complained.toString())
                .contains(folder.resolve("data/trainA/1.png")
                        + ": expected sides of at least 46 pixels for --preprocessing none, found 40 x 40\n")
                .hasLineCount(4);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void sizeThatIsTooSmallIsFoundBeforeThePicturesAreRead() throws IOException {
        Files.createDirectories(folder.resolve("data/trainA"));
        Files.writeString(folder.resolve("data/trainA/x.png"), "no image");
        assertThat(train("--size", "16")).isEqualTo(2);
        assertThat(complained.toString())
                .startsWith("cyclestream-trainer: --size: expected at least 24")
                .hasLineCount(1);
    }

    private void copy(String image, String name) throws IOException {
        Path file = folder.resolve("data").resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream content = DataFaultsTest.class.getResourceAsStream("/" + image)) {
            Files.copy(content, file);
        }
    }
}
