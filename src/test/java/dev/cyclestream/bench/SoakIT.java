package dev.cyclestream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cyclestream.bench.Soak.Memory;
import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.InferenceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakIT {

    private static final Checkpoint CHECKPOINT = DemoCheckpoint.aToB();

    @Test
    void eachLoadIsMeasured() throws Exception {
        List<Integer> progress = new ArrayList<>();
        Memory memory = new Soak(CHECKPOINT, InferenceSettings.ofCpu(), 16).run(10, 25, progress::add);
        assertThat(progress).hasSize(10).isSorted().endsWith(25);
        assertThat(memory.mib()).hasSize(10).allMatch(mib -> mib > 10);
    }

    @Test
    void growthIsFromTheSecondTenthToTheLast() {
        List<Double> mib = IntStream.range(0, 100)
                .mapToObj(load -> load < 10 ? 50.0 : load < 90 ? 200.0 : 210.0)
                .toList();
        assertThat(new Memory(mib).growth()).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void tooFewLoadsAreRefused() throws Exception {
        assertThatThrownBy(() -> new Soak(CHECKPOINT, InferenceSettings.ofCpu(), 16).run(9, 25, done -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loads, images: expected at least 10 and an image for each, found 9, 25");
    }
}
