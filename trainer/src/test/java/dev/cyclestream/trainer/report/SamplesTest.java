package dev.cyclestream.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.picture.Picture;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final int SIZE = 16;

    @Test
    void mostRowsMustShowAFaultBeforeItIsTold() {
        SampleRow good = row(noise(1), noise(5));
        SampleRow idle = row(noise(2), noise(2));
        assertThat(new Samples(List.of(good, idle), List.of(good, good)).warnings())
                .isEqualTo(List.of());
        assertThat(new Samples(List.of(row(noise(3), noise(4)), good), List.of(idle, row(noise(3), noise(3))))
                        .warnings())
                .containsExactly("B to A: 2 of 2 outputs are equal to the input");
    }

    @Test
    void sameOutputForEveryInputIsACollapse() {
        List<SampleRow> collapsed = List.of(row(noise(1), noise(7)), row(noise(2), noise(7)));
        List<SampleRow> alive = List.of(row(noise(1), noise(7)), row(noise(2), noise(8)));
        assertThat(new Samples(collapsed, alive).warnings())
                .containsExactly("A to B: all outputs are alike, whatever the input");
    }

    private static SampleRow row(Picture input, Picture output) {
        return new SampleRow(input, output, input, input);
    }

    private static Picture noise(long seed) {
        byte[] samples = new byte[SIZE * SIZE * 3];
        new Random(seed).nextBytes(samples);
        return new Picture(SIZE, SIZE, samples);
    }
}
