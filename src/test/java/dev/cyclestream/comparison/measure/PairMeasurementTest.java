package dev.cyclestream.comparison.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.Pair;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.picture.PictureDistance;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairMeasurementTest {

    private final Picture input = TestPictures.noise(8, 8, 1).resize(32, 24);
    private final Picture negative = FakeGenerator.negative(input);
    private final PairMeasurement measurement = new PairMeasurement(Optional.empty(), 1);

    @Test
    void equalOutputsAreIdenticalAndHaveNoDistance() {
        PairFigures figures =
                measure(TestPictures.pair(input, negative, negative)).figures();
        assertThat(figures.l1()).isZero();
        assertThat(figures.ssim()).isEqualTo(1);
        assertThat(figures.flags()).containsExactly("identical", "new-inverted", "old-inverted");
    }

    @Test
    void faultsAreThoseOfTheirSide() {
        Measured measured = measure(TestPictures.pair(input, input, TestPictures.plain(32, 24, 9)));
        assertThat(measured.figures().flags()).containsExactly("new-blank", "old-unchanged");
        assertThat(measured.input()).isEqualTo(InputState.THERE);
        assertThat(measured.figures().get(Measure.CYCLE_NEW)).isNaN();
    }

    @Test
    void theLargerOutputIsResizedAndThePairFlagged() {
        PairFigures figures = measure(TestPictures.pair(input, negative, negative.resize(64, 48)))
                .figures();
        assertThat(figures.flags()).contains("size-differs");
        assertThat(figures.ssim()).isGreaterThan(0.95);
    }

    @Test
    void anotherImageAtTheOffsetIsNotTheInput() {
        Pair right = TestPictures.pair(input, negative, negative);
        byte[] other = TestPictures.png(TestPictures.noise(32, 24, 9));
        Measured measured = measure(new Pair(
                "id", right.source(), Optional.of(new Pair.Image(() -> other, Optional.empty())), right.outputs()));
        assertThat(measured.input()).isEqualTo(InputState.ANOTHER);
        assertThat(measured.shown().input()).isEmpty();
        assertThat(measured.figures().flags()).containsExactly("identical", "no-input");
    }

    @Test
    void withoutAnInputThePairIsStillCompared() {
        Pair right = TestPictures.pair(input, negative, input);
        Measured measured = measure(new Pair("id", right.source(), Optional.empty(), right.outputs()));
        assertThat(measured.input()).isEqualTo(InputState.GONE);
        assertThat(measured.figures().l1()).isPositive();
        assertThat(measured.figures().flags()).containsExactly("no-input");
    }

    @Test
    void outputThatIsNoImageHasNoFigures() {
        Pair right = TestPictures.pair(input, negative, input);
        Pair.Image garbage = new Pair.Image(
                () -> new byte[] {1, 2, 3}, right.outputs().ofNew().provenance());
        assertThat(measurement.measure(
                        0,
                        new Pair(
                                "id",
                                right.source(),
                                right.input(),
                                new Both<>(right.outputs().ofOld(), garbage))))
                .isEmpty();
    }

    /** The fake translates back by making negatives: perfect for the old output, hopeless for the new one. */
    @Test
    void cycleErrorIsTheDistanceOfWhatComesBackToTheInput() {
        try (ImageTranslator reverse = new ImageTranslator(
                DemoCheckpoint.bToA(),
                new FakeGenerator(),
                new Parallelism(1, 1),
                ImageTranslator.ImageCodec.standard(),
                TranslationMetrics.NONE)) {
            PairMeasurement withCycle = new PairMeasurement(Optional.of(reverse), 2);
            Pair pair = TestPictures.pair(input, negative, input);
            PairFigures figures = withCycle.measure(0, pair).orElseThrow().figures();
            assertThat(figures.get(Measure.CYCLE_OLD)).isZero();
            assertThat(figures.get(Measure.CYCLE_NEW)).isEqualTo(PictureDistance.l1(negative, input));
            assertThat(figures.get(Measure.CYCLE_CHANGE)).isEqualTo(figures.get(Measure.CYCLE_NEW));
            PairFigures other = withCycle.measure(1, pair).orElseThrow().figures();
            assertThat(other.get(Measure.CYCLE_OLD)).isNaN();
        }
    }

    private Measured measure(Pair pair) {
        return measurement.measure(0, pair).orElseThrow();
    }
}
