package dev.cyclestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.event.Direction;
import dev.cyclestream.house.CheckpointDocument;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** schemas/checkpoint-metadata.md says what the translator reads; the trainer's test of the same name holds what is written. */
class CheckpointMetadataDocumentTest {

    @Test
    void theExampleIsRead() throws IOException {
        CheckpointMetadata metadata = CheckpointMetadata.of("example.onnx", CheckpointDocument.example());
        assertThat(metadata.direction()).isEqualTo(Direction.A_TO_B);
        assertThat(metadata.domainB()).isEqualTo("shaded pictograms");
        assertThat(metadata.precision()).isEqualTo("float32");
        assertThat(metadata.trainingSize()).isEqualTo(64);
        assertThat(metadata.training())
                .isEqualTo(new CheckpointMetadata.Training(
                        "ab96c95e-a145-46c1-8ebe-7accb465730f",
                        79,
                        48988,
                        List.of(46988L, 48988L),
                        "{\"seed\":1}",
                        "bf48013205ac85120ccf1e24e89e023267a55dcc3d273f43b284029466ac77e6",
                        "0.1.0"));
        assertThat(metadata.cycleErrors())
                .contains(new CycleErrors(40, List.of(0.0121, 0.0197, 0.0254, 0.0342, 0.0588)));
        assertThat(metadata.selfTest().input().width()).isEqualTo(2);
        assertThat(metadata.selfTest().expected().samples().get(0)).isEqualTo((byte) 5);
    }

    @Test
    void exactlyTheKeysThatAreCalledRequiredAreAskedFor() throws IOException {
        Map<String, Boolean> required = requiredByTable();
        assertThat(required.keySet())
                .containsExactlyElementsOf(CheckpointDocument.example().keySet());
        for (Map.Entry<String, Boolean> key : required.entrySet()) {
            Map<String, String> rest = new LinkedHashMap<>(CheckpointDocument.example());
            rest.remove(key.getKey());
            if (key.getValue()) {
                assertThatThrownBy(() -> CheckpointMetadata.of("example.onnx", rest))
                        .isInstanceOf(InvalidCheckpointException.class)
                        .hasMessageContaining(key.getKey());
            } else {
                assertThat(CheckpointMetadata.of("example.onnx", rest)).isNotNull();
            }
        }
    }

    @Test
    void cycleErrorsThatMakeNoSenseAreRefused() throws IOException {
        for (String wrong :
                List.of("", "0.1", "0.1,0.2,0.3,0.4,x", "0.1,0.2,0.3,0.4,1.5", "0.5,0.4,0.3,0.2,0.1", "0,0,0,0,NaN")) {
            Map<String, String> changed = new LinkedHashMap<>(CheckpointDocument.example());
            changed.put("cyclestream.cycle-errors.quantiles", wrong);
            assertThatThrownBy(() -> CheckpointMetadata.of("example.onnx", changed))
                    .isInstanceOf(InvalidCheckpointException.class)
                    .hasMessage(
                            "example.onnx: metadata \"cyclestream.cycle-errors.quantiles\": expected five numbers from 0 to 1 that grow, with commas between them, found \"%s\"",
                            wrong);
        }
    }

    private static Map<String, Boolean> requiredByTable() throws IOException {
        Map<String, Boolean> required = new LinkedHashMap<>();
        for (String line : CheckpointDocument.lines()) {
            List<String> cells = List.of(line.split(" \\| ", -1));
            if (cells.size() == 3 && cells.get(0).startsWith("| `")) {
                Pattern.compile("`([^`]+)`")
                        .matcher(cells.get(0))
                        .results()
                        .map((MatchResult key) -> "cyclestream." + key.group(1))
                        .forEach(key -> required.put(key, cells.get(1).equals("yes")));
            }
        }
        return required;
    }
}
