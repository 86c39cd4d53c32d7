package dev.cyclestream.trainer.cli;

import dev.cyclestream.trainer.domain.Domain;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.LossTerm.OfGenerators;
import dev.cyclestream.trainer.loss.LossTerm.Sides;
import dev.cyclestream.trainer.loss.LossTerms;
import dev.cyclestream.trainer.loss.Weights;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The flags of the generators' terms: one for the weight of each, and for a term of domains one for each domain alone. */
final class WeightFlags {

    private final Map<OfGenerators, Flags> ofTerms = new LinkedHashMap<>();

    /** The flags of one term; {@code alone} are those of one domain alone, if there are any. */
    private record Flags(OptionSpec both, Optional<PerDomain<OptionSpec>> alone) {

        PerDomain<Double> weight() {
            double ofBoth = both.getValue();
            return alone.isPresent() ? alone.get().map(flag -> orElse(flag, ofBoth)) : PerDomain.both(ofBoth);
        }

        private static double orElse(OptionSpec flag, double otherwise) {
            Double given = flag.getValue();
            return given == null ? otherwise : given;
        }
    }

    private WeightFlags() {}

    /** Gives a command the flags of all terms. */
    static WeightFlags addTo(CommandSpec command) {
        WeightFlags all = new WeightFlags();
        for (OfGenerators term : LossTerms.OF_GENERATORS) {
            Flags flags = flags(term);
            command.addOption(flags.both());
            flags.alone().ifPresent(alone -> {
                command.addOption(alone.a());
                command.addOption(alone.b());
            });
            all.ofTerms.put(term, flags);
        }
        return all;
    }

    private static Flags flags(OfGenerators term) {
        OptionSpec both = flag(term.flag(), term.key() + "Weight")
                .defaultValue(BigDecimal.valueOf(term.weight().ofPaper())
                        .stripTrailingZeros()
                        .toPlainString())
                .description(term.weight().description())
                .build();
        return new Flags(
                both,
                term.sides() == Sides.DOMAINS
                        ? Optional.of(new PerDomain<>(alone(term, Domain.A), alone(term, Domain.B)))
                        : Optional.empty());
    }

    private static OptionSpec alone(OfGenerators term, Domain domain) {
        return flag("%s-%s".formatted(term.flag(), domain.suffix()), "%sWeight%s".formatted(term.key(), domain))
                .description("For %s %s. Default: %s.".formatted(term.weight().judged(), domain, term.flag()))
                .build();
    }

    private static OptionSpec.Builder flag(String name, String label) {
        return OptionSpec.builder(name)
                .paramLabel("<%s>".formatted(label))
                .arity("1")
                .type(Double.class)
                .converters(WeightFlags::parse);
    }

    private static double parse(String text) {
        double weight;
        try {
            weight = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("expected a number, found \"%s\"".formatted(text));
        }
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new TypeConversionException("expected at least 0, found %s".formatted(weight));
        }
        return weight;
    }

    /** The weights that were given, and the paper's. */
    Weights weights() {
        Weights weights = Weights.PAPER;
        for (Map.Entry<OfGenerators, Flags> flags : ofTerms.entrySet()) {
            weights = weights.with(flags.getKey(), flags.getValue().weight());
        }
        return weights;
    }
}
