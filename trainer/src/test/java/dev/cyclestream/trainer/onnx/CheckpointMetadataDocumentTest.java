package dev.cyclestream.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.house.CheckpointDocument;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.evaluation.CycleErrors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** schemas/checkpoint-metadata.md says what the trainer writes; the translator's test of the same name holds what is read. */
class CheckpointMetadataDocumentTest {

    @Test
    void theExampleIsWritten() throws IOException {
        CheckpointMetadata metadata = new CheckpointMetadata(
                Direction.A_TO_B,
                new CheckpointMetadata.Domains("flat pictograms", "shaded pictograms"),
                "resnet-6-blocks-32-filters-resize-convolution",
                Precision.FLOAT32,
                64,
                new CheckpointMetadata.Training(
                        "ab96c95e-a145-46c1-8ebe-7accb465730f",
                        List.of("f888a4fc-02e3-431d-ba73-20dc4b496791", "ab96c95e-a145-46c1-8ebe-7accb465730f"),
                        79,
                        List.of(46988L, 48988L),
                        "{\"seed\":1}",
                        "bf48013205ac85120ccf1e24e89e023267a55dcc3d273f43b284029466ac77e6",
                        "0.1.0"),
                Optional.of(new CycleErrors(40, List.of(0.01211, 0.0197, 0.0254, 0.03424, 0.0588))));
        Map<String, String> written = new LinkedHashMap<>(metadata.properties());
        written.putAll(CheckpointMetadata.selfTest(2, 1, "AAECAwQF", "BQQDAgEA"));
        assertThat(written).containsExactlyEntriesOf(CheckpointDocument.example());
    }
}
