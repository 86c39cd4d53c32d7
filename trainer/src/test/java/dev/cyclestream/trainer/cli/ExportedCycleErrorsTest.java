package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExportedCycleErrorsTest extends CommandLineHarness {

    private static final String PICTURES = "cyclestream.cycle-errors.pictures";
    private static final String QUANTILES = "cyclestream.cycle-errors.quantiles";

    @Test
    void eachCheckpointSaysWhatComesBackOfTheHeldOutPicturesOfItsDomain() throws IOException {
        for (String name : List.of("testA/1", "testA/2", "testA/3", "testB/1", "testB/2")) {
            writePicture(folder.resolve("data").resolve(name + ".png"), name.hashCode());
        }
        assertThat(train()).isZero();
        Path checkpoints = export("run");
        assertThat(metadata(checkpoints.resolve("a-to-b.onnx"))).containsEntry(PICTURES, "3");
        assertThat(metadata(checkpoints.resolve("b-to-a.onnx"))).containsEntry(PICTURES, "2");
        assertThat(metadata(checkpoints.resolve("a-to-b.onnx")).get(QUANTILES).split(","))
                .hasSize(5)
                .allSatisfy(quantile -> assertThat(Double.parseDouble(quantile)).isBetween(0.0, 1.0))
                .isSorted();
    }

    @Test
    void withoutHeldOutPicturesNothingIsSaidOfThem() throws IOException {
        assertThat(train()).isZero();
        Path checkpoints = export("run");
        assertThat(metadata(checkpoints.resolve("a-to-b.onnx"))).doesNotContainKeys(PICTURES, QUANTILES);
    }

    @Test
    void checkpointIsWrittenAlthoughAHeldOutPictureIsDamaged() throws IOException {
        Path picture = folder.resolve("data/testA/1.png");
        writePicture(picture, 1);
        assertThat(train()).isZero();
        Files.writeString(picture, "no picture any more");
        Path checkpoints = export("run");
        assertThat(metadata(checkpoints.resolve("a-to-b.onnx"))).doesNotContainKeys(PICTURES, QUANTILES);
    }

    private static Map<String, String> metadata(Path checkpoint) throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(checkpoint)).getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    }
}
