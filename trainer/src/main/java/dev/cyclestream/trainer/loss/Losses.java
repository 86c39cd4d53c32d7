package dev.cyclestream.trainer.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The terms of one training step, weights included.
 *
 * @param totalVariation what fakes of A and of B pay for their roughness, if they do
 * @param domain what the generators pay for fakes that are not taken for their target domain, if they do
 * @param classifier what the domain classifier pays for images of A and of B, if there is one
 */
public record Losses(
        Pair adversarial,
        Pair cycle,
        Pair identity,
        Pair discriminator,
        Optional<Pair> totalVariation,
        Optional<Pair> domain,
        Optional<Pair> classifier) {

    /**
     * One term for each direction or domain.
     *
     * @param first of the direction A to B, or of domain A
     * @param second of the direction B to A, or of domain B
     */
    public record Pair(double first, double second) {}

    /** The terms by name, in the order in which they are written to {@code metrics.csv}. */
    public Map<String, Double> byName() {
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("adversarial_ab", adversarial.first());
        terms.put("adversarial_ba", adversarial.second());
        terms.put("cycle_a", cycle.first());
        terms.put("cycle_b", cycle.second());
        terms.put("identity_a", identity.first());
        terms.put("identity_b", identity.second());
        terms.put("discriminator_a", discriminator.first());
        terms.put("discriminator_b", discriminator.second());
        totalVariation.ifPresent(pair -> {
            terms.put("total_variation_a", pair.first());
            terms.put("total_variation_b", pair.second());
        });
        domain.ifPresent(pair -> {
            terms.put("domain_ab", pair.first());
            terms.put("domain_ba", pair.second());
        });
        classifier.ifPresent(pair -> {
            terms.put("domain_classifier_a", pair.first());
            terms.put("domain_classifier_b", pair.second());
        });
        return terms;
    }

    /** What the generators minimise. */
    public double generatorTotal() {
        return sum(adversarial)
                + sum(cycle)
                + sum(identity)
                + totalVariation.map(Losses::sum).orElse(0.0)
                + domain.map(Losses::sum).orElse(0.0);
    }

    /** What the discriminators minimise. */
    public double discriminatorTotal() {
        return sum(discriminator);
    }

    private static double sum(Pair pair) {
        return pair.first() + pair.second();
    }
}
