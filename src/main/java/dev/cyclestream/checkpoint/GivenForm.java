package dev.cyclestream.checkpoint;

import dev.cyclestream.checkpoint.ImageGraph.Layout;
import java.util.Optional;

/**
 * The form of a generator that our trainer did not export, as a user gives it. Empty values are looked for in the graph and by a trial.
 *
 * @param valueRange of the samples that go in
 * @param outputRange of the samples that come out
 * @param layout of the input where its shape does not show it, and of the output where that does not
 * @param multipleOf height and width must be multiples of this, 1 to {@value #LARGEST_MULTIPLE}
 */
public record GivenForm(
        Optional<ValueRange> valueRange,
        Optional<ValueRange> outputRange,
        Optional<Layout> layout,
        Optional<Integer> multipleOf) {

    public static final int LARGEST_MULTIPLE = 256;

    /** Nothing is said. */
    public static final GivenForm NONE =
            new GivenForm(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public GivenForm {
        if (multipleOf.isPresent() && (multipleOf.get() < 1 || multipleOf.get() > LARGEST_MULTIPLE)) {
            throw new IllegalArgumentException(
                    "--multiple-of: expected 1 to %d, found %d".formatted(LARGEST_MULTIPLE, multipleOf.get()));
        }
    }
}
