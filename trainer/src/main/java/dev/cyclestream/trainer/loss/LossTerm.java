package dev.cyclestream.trainer.loss;

import ai.djl.ndarray.NDArray;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.domain.Domain;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One term of what training minimises, as data: flags, columns of {@code metrics.csv}, tags of TensorBoard, plots and totals
 * derive from it.
 *
 * <p>A new term is one entry in {@link LossTerms}.
 */
public sealed interface LossTerm {

    /** Lower-case words that columns, tags, flags and settings are named by: {@code total variation}. */
    String name();

    /** The title of the plot. */
    String title();

    /** The two values that the term has in each step. */
    Sides sides();

    /** The equation or section of the paper, or the other paper that the term is from. */
    String source();

    /** The columns of both values, in order: {@code total_variation_a}, {@code total_variation_b}. */
    default List<String> columns() {
        String prefix = name().replace(' ', '_') + '_';
        return sides().list().stream().map(side -> prefix + side.suffix()).toList();
    }

    /**
     * One of the two values of a term.
     *
     * @param domain whose images are judged; of a direction, the one that is translated to
     * @param suffix in names of columns
     * @param title for people
     */
    record Side(Domain domain, String suffix, String title) {}

    /** The two values that belong to a term. */
    enum Sides {

        /** One for each domain. */
        DOMAINS {
            @Override
            public List<Side> list() {
                return Stream.of(Domain.values())
                        .map(domain -> new Side(domain, domain.suffix(), domain.name()))
                        .toList();
            }
        },

        /** One for each direction. */
        DIRECTIONS {
            @Override
            public List<Side> list() {
                return Stream.of(Direction.values())
                        .map(direction -> new Side(direction.target(), direction.suffix(), direction.title()))
                        .toList();
            }
        };

        /** Both, in the order in which they are computed and written. */
        public abstract List<Side> list();
    }

    /** A term that a network pays which learns beside the generators, one for each domain; it has no flag. */
    record OfLearner(String name, String title, String source) implements LossTerm {
        @Override
        public Sides sides() {
            return Sides.DOMAINS;
        }
    }

    /**
     * A term that the generators pay.
     *
     * @param weight that it is multiplied by
     * @param formula of one of its values, without weight
     */
    record OfGenerators(String name, String title, Sides sides, String source, Weight weight, Formula formula)
            implements LossTerm {

        /** True if the term is left out where its weight is 0: the paper has none of its kind. */
        public boolean isOptional() {
            return weight.ofPaper() == 0;
        }

        /** Name of the weight in settings: {@code totalVariation}. */
        public String key() {
            String[] words = name.split(" ", -1);
            return words[0]
                    + String.join(
                            "",
                            Arrays.stream(words)
                                    .skip(1)
                                    .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                                    .toList());
        }

        /** The flag of the weight: {@code --total-variation-weight}. */
        public String flag() {
            return "--%s-weight".formatted(name.replace(' ', '-'));
        }
    }

    /**
     * The weight of a term, and its flags: one for both values and, for a term of domains, one for each.
     *
     * @param ofPaper the paper's weight; 0 if it has no such term
     * @param description of the flag for both
     * @param judged the images that are judged, as in "images of" A
     */
    record Weight(double ofPaper, String description, String judged) {}

    /** The function of the generators' pass that a term is. */
    interface Formula {

        /** The value for images of a domain, as a scalar without weight. */
        NDArray of(LossForms forms, GeneratorPass pass, Domain domain);
    }
}
