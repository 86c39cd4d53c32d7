package dev.cyclestream.trainer.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The terms of one training step, weights included.
 *
 * @param byTerm the two values of each term that there was, in the order of its sides
 */
public record Losses(Map<LossTerm, List<Double>> byTerm) {

    public Losses {
        byTerm = Map.copyOf(byTerm);
    }

    /** The values by the names of their columns, in the order in which they are written to {@code metrics.csv}. */
    public Map<String, Double> byName() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (LossTerm term : LossTerms.ALL) {
            if (byTerm.containsKey(term)) {
                values.put(term.columns().get(0), byTerm.get(term).get(0));
                values.put(term.columns().get(1), byTerm.get(term).get(1));
            }
        }
        return values;
    }

    /** The sum that the generators minimise. */
    public double generatorTotal() {
        return total(LossTerm.OfGenerators.class::isInstance);
    }

    /** The sum that the discriminators minimise. */
    public double discriminatorTotal() {
        return total(LossTerms.DISCRIMINATOR::equals);
    }

    private double total(Predicate<LossTerm> counted) {
        return LossTerms.ALL.stream()
                .filter(byTerm::containsKey)
                .filter(counted)
                .mapToDouble(term -> byTerm.get(term).get(0) + byTerm.get(term).get(1))
                .sum();
    }
}
