package dev.cyclestream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    @Test
    void figuresComeInOneOrderHoweverTheyWereFound() {
        List<Figure> backwards = Arrays.asList(Figure.values().clone());
        Collections.reverse(backwards);
        Map<Figure, Double> found = new LinkedHashMap<>();
        backwards.forEach(figure -> found.put(figure, 0.5));

        Evaluation.Brackets brackets = new Evaluation.Brackets(found, found, Map.of());

        assertThat(brackets.translated().keySet()).containsExactly(Figure.values());
        assertThat(brackets.untranslated().keySet()).containsExactly(Figure.values());
        assertThat(brackets.real()).isEmpty();
    }
}
