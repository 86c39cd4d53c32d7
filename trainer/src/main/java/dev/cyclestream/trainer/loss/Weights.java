package dev.cyclestream.trainer.loss;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.trainer.domain.Domain;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.LossTerm.OfGenerators;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weights of the generators' terms.
 *
 * @param byKey both weights of each term by {@link OfGenerators#key()}; those of a term of directions are equal
 */
public record Weights(Map<String, PerDomain<Double>> byKey) {

    /** The weights that the paper trains with. */
    public static final Weights PAPER = new Weights(Map.of());

    /** Takes the paper's weights for terms that are not named, which it has none of if they are optional. */
    public Weights {
        Map<String, PerDomain<Double>> all = new LinkedHashMap<>();
        for (OfGenerators term : LossTerms.OF_GENERATORS) {
            all.put(
                    term.key(),
                    byKey.getOrDefault(term.key(), PerDomain.both(term.weight().ofPaper())));
            requireValid(term, all.get(term.key()));
        }
        byKey = Map.copyOf(all);
    }

    private static void requireValid(OfGenerators term, PerDomain<Double> weight) {
        boolean ofDomains = term.sides() == LossTerm.Sides.DOMAINS;
        for (Domain domain : Domain.values()) {
            double value = weight.of(domain);
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new WrongSetUpException("%s weight%s: expected 0 or more, found %s"
                        .formatted(term.name(), ofDomains ? " of " + domain : "", value));
            }
        }
        if (!ofDomains && !weight.a().equals(weight.b())) {
            throw new WrongSetUpException("%s weight: expected one for both directions, found %s and %s"
                    .formatted(term.name(), weight.a(), weight.b()));
        }
    }

    /** The same weights but for one term. */
    public Weights with(OfGenerators term, PerDomain<Double> weight) {
        Map<String, PerDomain<Double>> changed = new TreeMap<>(byKey);
        changed.put(term.key(), weight);
        return new Weights(changed);
    }

    /** The weights of a term. */
    public PerDomain<Double> of(OfGenerators term) {
        return byKey.get(term.key());
    }

    /** True if a term is computed at all. */
    boolean include(OfGenerators term) {
        return !term.isOptional() || of(term).a() > 0 || of(term).b() > 0;
    }
}
