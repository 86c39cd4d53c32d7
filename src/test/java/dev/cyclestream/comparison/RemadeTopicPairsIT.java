package dev.cyclestream.comparison;

import static dev.cyclestream.comparison.TopicPairsScene.NEW;
import static dev.cyclestream.comparison.TopicPairsScene.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.comparison.measure.PairFigures;
import dev.cyclestream.comparison.pairing.LeftOut.Kind;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pairs of results whose source topic was deleted and made anew, and of results that name no id of it. */
@Timeout(300)
class RemadeTopicPairsIT {

    private static final Optional<String> FIRST_ID = Optional.of("o8Z1r2zqR0-DPIqZQJ0x_w");
    private static final Optional<String> SECOND_ID = Optional.of("A8Z1r2zqR0-DPIqZQJ0x_w");

    private TopicPairsScene scene;

    @BeforeEach
    void begin() throws Exception {
        scene = new TopicPairsScene();
    }

    @AfterEach
    void end() {
        scene.close();
    }

    @Test
    void resultsOfATopicThatWasMadeAnewAreNoPairsOfTheOldOnes() throws Exception {
        scene.all(OLD, 0, 20, 0, FIRST_ID);
        scene.all(OLD, 0, 20, 1, SECOND_ID);
        scene.all(NEW, 0, 15, 1, SECOND_ID);
        try (Comparison comparison = scene.open(OLD, NEW)) {
            assertThat(comparison.expected()).isEqualTo(15);
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(15);
            assertThat(result.findings().marks(PairFigures.Mark.IDENTICAL)).isEqualTo(15);
            assertThat(result.sides().ofOld().replaced()).isZero();
            assertThat(result.leftOut().missing()).isZero();
            assertThat(result.leftOut().list(Kind.OUTSIDE_NEW))
                    .contains("images.a (id %s) partition 0 offsets %d to %d"
                            .formatted(
                                    FIRST_ID.get(),
                                    scene.sources.get(0).offset(),
                                    scene.sources.get(6).offset()));
        }
    }

    @Test
    void whatNamesNoTopicPairsWithTheFirstOneOfItsName() throws Exception {
        scene.all(OLD, 0, 20, 0); // made by an earlier version
        scene.all(NEW, 0, 20, 0, FIRST_ID);
        try (Comparison comparison = scene.open(OLD, NEW)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.findings().marks(PairFigures.Mark.IDENTICAL)).isEqualTo(20);
        }
        scene.all(NEW, 0, 10, 1, SECOND_ID);
        try (Comparison comparison = scene.open(NEW, OLD)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(20);
            assertThat(result.findings().marks(PairFigures.Mark.IDENTICAL)).isEqualTo(20);
            assertThat(result.leftOut().count(Kind.OUTSIDE_NEW)).isEqualTo(10);
        }
    }

    @Test
    void sideOfTwoVersionsCountsTheLaterResultOfEachOffset() throws Exception {
        scene.all(OLD, 0, 20, 0); // made by an earlier version
        scene.all(OLD, 10, 25, 1, FIRST_ID);
        scene.all(NEW, 0, 25, 1, FIRST_ID);
        try (Comparison comparison = scene.open(OLD, NEW)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(25);
            assertThat(result.sides().ofOld().replaced()).isEqualTo(10);
            assertThat(result.findings().marks(PairFigures.Mark.IDENTICAL)).isEqualTo(15);
        }
    }
}
