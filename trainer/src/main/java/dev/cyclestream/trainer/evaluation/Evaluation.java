package dev.cyclestream.trainer.evaluation;

import dev.cyclestream.trainer.InvalidSettingException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What {@link Evaluator} found.
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
            translated = Map.copyOf(translated);
            untranslated = Map.copyOf(untranslated);
            real = Map.copyOf(real);
        }
    }

    /** The figures of the translations by flat names: {@code domain_score_ab}, {@code domain_score_ba}, ... */
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            put(figures, figure, "_ab", aToB);
            put(figures, figure, "_ba", bToA);
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
            throw new InvalidSettingException(
                    figure + ": cannot be had from this data set; names in testA and testB must match");
        }
        return value;
    }

    private static void put(Map<String, Double> figures, Figure figure, String suffix, Brackets direction) {
        Double value = new EnumMap<>(direction.translated()).get(figure);
        if (value != null) {
            figures.put(figure.name().toLowerCase(Locale.ROOT) + suffix, value);
        }
    }
}
