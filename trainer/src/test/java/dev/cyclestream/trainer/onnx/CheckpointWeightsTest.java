package dev.cyclestream.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.ByteString;
import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.network.ResnetGenerator;
import dev.cyclestream.trainer.pytorch.PyTorch;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointWeightsTest {

    private static final ResnetGenerator GENERATOR = ResnetGenerator.ofPaper(4, 2);

    @TempDir
    private Path folder;

    private final NDManager manager = PyTorch.newManager();
    private TrainableNetwork trained;
    private Path file;

    @BeforeEach
    void makeAGenerator() {
        trained = TrainableNetwork.fresh(GENERATOR.network(), manager, new SplittableRandom(2));
        file = folder.resolve(Direction.A_TO_B.fileName());
    }

    @AfterEach
    void closeManager() {
        trained.close();
        manager.close();
    }

    @Test
    void readsToTheBitWhatWasExported() throws IOException {
        export(Precision.FLOAT32);
        Map<String, NDArray> read = CheckpointWeights.read(file, Direction.A_TO_B, GENERATOR, manager);
        assertThat(read.keySet()).containsExactlyElementsOf(GENERATOR.network().parameterNames());
        trained.weights()
                .forEach((name, array) -> assertThat(read.get(name)).as(name).isEqualTo(array));
    }

    @Test
    void readsHalfTheBytesAsFloat32() throws IOException {
        export(Precision.FLOAT16);
        Map<String, NDArray> read = CheckpointWeights.read(file, Direction.A_TO_B, GENERATOR, manager);
        trained.weights().forEach((name, array) -> {
            NDArray rounded = array.toType(DataType.FLOAT16, true).toType(DataType.FLOAT32, true);
            assertThat(read.get(name)).as(name).isEqualTo(rounded);
        });
        assertThat(read.get("conv_00.weight")).isNotEqualTo(trained.weights().get("conv_00.weight"));
    }

    @Test
    void otherDirectionAndOtherGeneratorAreNamed() throws IOException {
        export(Precision.FLOAT32);
        assertThatThrownBy(() -> CheckpointWeights.read(file, Direction.B_TO_A, GENERATOR, manager))
                .isInstanceOf(WrongSetUpException.class)
                .hasMessageEndingWith("a-to-b.onnx: cyclestream.direction: expected B_TO_A, found A_TO_B");
        ResnetGenerator wider = ResnetGenerator.ofPaper(8, 2);
        assertThatThrownBy(() -> CheckpointWeights.read(file, Direction.A_TO_B, wider, manager))
                .isInstanceOf(WrongSetUpException.class)
                .hasMessageEndingWith("cyclestream.architecture: expected resnet-2-blocks-8-filters-"
                        + "transposed-convolution, found resnet-2-blocks-4-filters-transposed-convolution");
    }

    @Test
    void whatIsNoCheckpointIsNamed() throws IOException {
        Files.writeString(file, "no model at all");
        assertThatThrownBy(() -> CheckpointWeights.read(file, Direction.A_TO_B, GENERATOR, manager))
                .isInstanceOf(WrongSetUpException.class)
                .hasMessageContaining("a-to-b.onnx: expected an ONNX file: ");
    }

    @Test
    void whatHoldsNoNumbersIsNamed() throws IOException {
        export(Precision.FLOAT32);
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
        model.getGraphBuilder().getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getName().equals("conv_01.weight"))
                .forEach(tensor -> {
                    byte[] ones = new byte[tensor.getRawData().size()];
                    Arrays.fill(ones, (byte) 0xFF); // NaN in each float
                    tensor.setRawData(ByteString.copyFrom(ones));
                });
        Files.write(file, model.build().toByteArray());
        assertThatThrownBy(() -> CheckpointWeights.read(file, Direction.A_TO_B, GENERATOR, manager))
                .isInstanceOf(WrongSetUpException.class)
                .hasMessage(file + ": expected finite numbers, found others in conv_01.weight");
    }

    private void export(Precision precision) throws IOException {
        CheckpointMetadata metadata = new CheckpointMetadata(
                Direction.A_TO_B,
                new CheckpointMetadata.Domains("A", "B"),
                GENERATOR.name(),
                precision,
                32,
                new CheckpointMetadata.Training("run", List.of("run"), 0, List.of(0L), "{}", "", "test"));
        new CheckpointExport(manager).write(file, trained, metadata);
    }
}
