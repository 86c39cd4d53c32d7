package dev.cyclestream.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.network.Network;
import dev.cyclestream.trainer.network.ResnetGenerator;
import dev.cyclestream.trainer.network.ResnetGenerator.Upsampling;
import dev.cyclestream.trainer.pytorch.PyTorch;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointExportTest {

    private static final CheckpointMetadata METADATA = new CheckpointMetadata(
            Direction.A_TO_B,
            new CheckpointMetadata.Domains("flat", "shaded"),
            "resnet-2-blocks-4-filters-transposed-convolution",
            Precision.FLOAT32,
            64,
            new CheckpointMetadata.Training(
                    "run-7", List.of("run-6", "run-7"), 3, List.of(1400L, 1900L), "{\"seed\":1}", "ab12", "0.1"));

    @TempDir
    private Path folder;

    private final NDManager manager = PyTorch.newManager();
    private TrainableNetwork generator;

    @BeforeEach
    void makeAGeneratorThatDoesSomething() {
        Network network = ResnetGenerator.ofPaper(4, 2).network();
        generator = TrainableNetwork.fresh(network, manager, new SplittableRandom(2));
        // Fresh weights give almost grey; larger ones give all colours, and all chances to differ.
        generator.parameters().forEach(parameter -> parameter.muli(8));
    }

    @AfterEach
    void closeManager() {
        generator.close();
        manager.close();
    }

    @Test
    void exportedGraphEqualsTheTrainedNetwork() throws IOException {
        List<Parity> parity = new CheckpointExport(manager).write(folder.resolve("x.onnx"), generator, METADATA);
        assertThat(parity).anyMatch(row -> row.batch() == 3).anyMatch(row -> row.height() == 61 && row.width() == 87);
        assertThat(parity).allMatch(row -> row.largestDifference() <= 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 16, 16", "1, 17, 18", "2, 19, 33", "1, 61, 87", "3, 64, 64"})
    void anySizeFrom16UpIsTranslatedLikeTheTrainedNetworkDoes(int batch, int width, int height) throws Exception {
        Path file = folder.resolve("x.onnx");
        new CheckpointExport(manager).write(file, generator, METADATA);
        try (LoadedCheckpoint checkpoint = new LoadedCheckpoint(Files.readAllBytes(file))) {
            Parity parity = Parity.measure(checkpoint, generator, manager, TestPictures.draw(batch, width, height));
            assertThat(parity.largestDifference()).isLessThanOrEqualTo(1);
            Picture translated =
                    checkpoint.translate(TestPictures.draw(1, width, height)).get(0);
            assertThat(translated.width()).isEqualTo(width);
            assertThat(translated.height()).isEqualTo(height);
        }
    }

    @Test
    void resizeConvolutionIsExportedAsItWasTrained() throws IOException {
        Network network = new ResnetGenerator(4, 2, Upsampling.RESIZE_CONVOLUTION).network();
        try (TrainableNetwork resizing = TrainableNetwork.fresh(network, manager, new SplittableRandom(3))) {
            resizing.parameters().forEach(parameter -> parameter.muli(8));
            List<Parity> parity = new CheckpointExport(manager).write(folder.resolve("x.onnx"), resizing, METADATA);
            assertThat(parity).allMatch(row -> row.largestDifference() <= 1);
        }
    }

    @Test
    void float16KeepsHalfTheBytesAndAlmostAllOfThePicture() throws IOException {
        Path full = folder.resolve("full.onnx");
        Path half = folder.resolve("half.onnx");
        Network network = ResnetGenerator.ofPaper(16, 2).network();
        try (TrainableNetwork larger = TrainableNetwork.fresh(network, manager, new SplittableRandom(3))) {
            new CheckpointExport(manager).write(full, larger, METADATA);
            CheckpointMetadata metadata = new CheckpointMetadata(
                    METADATA.direction(),
                    METADATA.domains(),
                    METADATA.architecture(),
                    Precision.FLOAT16,
                    METADATA.trainingSize(),
                    METADATA.training());
            List<Parity> parity = new CheckpointExport(manager).write(half, larger, metadata);
            assertThat(parity).allMatch(row -> row.largestDifference() <= 2 && row.meanDifference() < 0.5);
        }
        assertThat(Files.size(half)).isBetween(Files.size(full) / 2, Files.size(full) * 6 / 10);
    }

    @Test
    void comparisonNoticesAnotherNetwork() throws Exception {
        Path file = folder.resolve("x.onnx");
        new CheckpointExport(manager).write(file, generator, METADATA);
        // The last convolution: instance norm would take back what is done to the others.
        NDArray weight = generator.weights().get("conv_09.weight");
        weight.muli(1.05);
        try (LoadedCheckpoint checkpoint = new LoadedCheckpoint(Files.readAllBytes(file))) {
            List<Parity> parity = Parity.measure(checkpoint, generator, manager, 64);
            assertThatThrownBy(() -> CheckpointExport.requireWithin(1, parity, file))
                    .isInstanceOf(CheckpointExportException.class)
                    .hasMessageContaining("x.onnx: expected at most 1 of 255 off the trained network, found ");
        }
    }

    @Test
    void generatorWithoutNumbersIsNotWritten() {
        Path file = folder.resolve("x.onnx");
        generator.parameters().get(2).muli(Float.NaN);
        assertThatThrownBy(() -> new CheckpointExport(manager).write(file, generator, METADATA))
                .isInstanceOf(CheckpointExportException.class)
                .hasMessage(file
                        + ": not written: expected finite numbers in the generator, found others in conv_01.weight");
        assertThat(file).doesNotExist();
    }

    @Test
    void generatorThatMakesNothingOfPicturesIsNotWritten() {
        Path file = folder.resolve("x.onnx");
        generator.parameters().forEach(parameter -> parameter.muli(1e36));
        assertThatThrownBy(() -> new CheckpointExport(manager).write(file, generator, METADATA))
                .isInstanceOf(CheckpointExportException.class)
                .hasMessageStartingWith(
                        file + ": not written: expected finite numbers of the generator, found others for")
                .hasMessageEndingWith("64 x 64 pixels");
        assertThat(file).doesNotExist();
    }

    @Test
    void fileSaysWhatItIsAndProvesIt() throws Exception {
        Path file = folder.resolve("deep/x.onnx");
        new CheckpointExport(manager).write(file, generator, METADATA);
        byte[] bytes = Files.readAllBytes(file);
        Map<String, String> properties = ModelProto.parseFrom(bytes).getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
        assertThat(properties)
                .containsEntry("cyclestream.format-version", "1")
                .containsEntry("cyclestream.direction", "A_TO_B")
                .containsEntry("cyclestream.domain-a", "flat")
                .containsEntry("cyclestream.domain-b", "shaded")
                .containsEntry("cyclestream.architecture", "resnet-2-blocks-4-filters-transposed-convolution")
                .containsEntry("cyclestream.precision", "float32")
                .containsEntry("cyclestream.training-size", "64")
                .containsEntry("cyclestream.run-id", "run-7")
                .containsEntry("cyclestream.averaged-run-ids", "run-6,run-7")
                .containsEntry("cyclestream.epoch", "3")
                .containsEntry("cyclestream.steps", "1900")
                .containsEntry("cyclestream.averaged-steps", "1400,1900")
                .containsEntry("cyclestream.hyper-parameters", "{\"seed\":1}")
                .containsEntry("cyclestream.data-set-fingerprint", "ab12")
                .containsEntry("cyclestream.tool-version", "0.1");
        Picture input = picture(properties, "cyclestream.self-test.input");
        try (LoadedCheckpoint checkpoint = new LoadedCheckpoint(bytes)) {
            assertThat(checkpoint.translate(List.of(input)))
                    .containsExactly(picture(properties, "cyclestream.self-test.output"));
        }
        assertThat(folder.resolve("deep")).isDirectoryNotContaining("glob:**.partial");
    }

    private static Picture picture(Map<String, String> properties, String key) {
        return new Picture(
                Integer.parseInt(properties.get("cyclestream.self-test.width")),
                Integer.parseInt(properties.get("cyclestream.self-test.height")),
                Base64.getDecoder().decode(properties.get(key)));
    }
}
