package dev.cyclestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.picture.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReorderedChannelsTest {

    private static final ReorderedChannels GREEN_BLUE_RED = new ReorderedChannels(List.of(1, 2, 0));

    private final Checkpoint original = DemoCheckpoint.aToB();

    @Test
    void samplesGoToTheirNewPlaces() {
        Picture picture = new Picture(2, 1, new byte[] {1, 2, 3, 4, 5, 6});

        assertThat(GREEN_BLUE_RED.reorder(picture)).isEqualTo(new Picture(2, 1, new byte[] {2, 3, 1, 5, 6, 4}));
    }

    @Test
    void fileIsAnotherCheckpointOfTheSameDirection() throws IOException {
        Checkpoint reordered = open(GREEN_BLUE_RED.of(original));

        assertThat(reordered.sha256()).isNotEqualTo(original.sha256());
        assertThat(reordered.direction()).isEqualTo(original.direction());
        assertThat(reordered.signature()).isEqualTo(original.signature());
        assertThat(reordered.operators()).isEqualTo(original.operators());
    }

    @Test
    void metadataStayButForTheResultOfTheSelfTest() throws IOException {
        CheckpointMetadata before = original.metadata().orElseThrow();
        CheckpointMetadata after = open(GREEN_BLUE_RED.of(original)).metadata().orElseThrow();

        assertThat(after).usingRecursiveComparison().ignoringFields("selfTest").isEqualTo(before);
        assertThat(after.selfTest().input()).isEqualTo(before.selfTest().input());
        assertThat(after.selfTest().expected())
                .isEqualTo(GREEN_BLUE_RED.reorder(before.selfTest().expected()))
                .isNotEqualTo(before.selfTest().expected());
    }

    @Test
    void sameFileIsMadeEachTime() throws IOException {
        assertThat(GREEN_BLUE_RED.of(original)).isEqualTo(GREEN_BLUE_RED.of(original));
    }

    @Test
    void orderThatLosesAChannelIsRefused() {
        assertThatThrownBy(() -> new ReorderedChannels(List.of(0, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("order of channels: expected 0, 1 and 2, each once, found [0, 1, 1]");
    }

    private static Checkpoint open(byte[] bytes) throws IOException {
        return Checkpoint.open("reordered.onnx", new ByteArrayInputStream(bytes));
    }
}
