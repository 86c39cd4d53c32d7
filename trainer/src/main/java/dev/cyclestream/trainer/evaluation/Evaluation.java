package dev.cyclestream.trainer.evaluation;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.trainer.domain.Direction;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The findings of {@link Evaluator}.
 *
 * @param aToB figures of the direction A to B
 * @param bToA figures of the direction B to A
 * @param testImagesOfA number of images that were translated from A to B
 * @param testImagesOfB number of images that were translated from B to A
 * @param classifierAccuracy share of the real test images whose domain the classifier knows
 */
public record Evaluation(
        Brackets aToB, Brackets bToA, int testImagesOfA, int testImagesOfB, double classifierAccuracy) {

    /**
     * The figures of one direction, and the same ones for what translations should leave behind and what they should reach.
     *
     * @param translated of the translations
     * @param untranslated of the inputs as they are
     * @param real of real images of the target domain: of the test images for the classifier's probability, between them and
     *     training images for distances of features
     */
    public record Brackets(Map<Figure, Double> translated, Map<Figure, Double> untranslated, Map<Figure, Double> real) {

        public Brackets {
            translated = inOrder(translated);
            untranslated = inOrder(untranslated);
            real = inOrder(real);
        }

        /** A copy in the order of the figures, so that equal evaluations are written as equal files. */
        private static Map<Figure, Double> inOrder(Map<Figure, Double> figures) {
            return Collections.unmodifiableMap(new TreeMap<>(figures));
        }
    }

    /** The figures of the translations by flat names: {@code domain_score_ab}, {@code domain_score_ba}, ... */
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            put(figures, figure, Direction.A_TO_B, aToB);
            put(figures, figure, Direction.B_TO_A, bToA);
        }
        return figures;
    }

    /** The mean of a figure over both directions. */
    public double mean(Figure figure) {
        return (required(aToB, figure) + required(bToA, figure)) / 2;
    }

    private static double required(Brackets direction, Figure figure) {
        Double value = direction.translated().get(figure);
        if (value == null) {
            throw new WrongSetUpException(
                    figure + ": cannot be had from this data set; names in testA and testB must match");
        }
        return value;
    }

    /** The flat name of a figure of a direction: {@code domain_score_ab}. */
    public static String name(Figure figure, Direction direction) {
        return "%s_%s".formatted(figure.name().toLowerCase(Locale.ROOT), direction.suffix());
    }

    private static void put(Map<String, Double> figures, Figure figure, Direction direction, Brackets brackets) {
        Double value = new EnumMap<>(brackets.translated()).get(figure);
        if (value != null) {
            figures.put(name(figure, direction), value);
        }
    }
}
