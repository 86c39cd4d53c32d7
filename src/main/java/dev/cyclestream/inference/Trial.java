package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.GivenForm;
import dev.cyclestream.checkpoint.ImageGraph;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.checkpoint.ValueRange;
import dev.cyclestream.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a generator of others on a few drawn pictures, to find what its file does not say: which multiples its sides must be,
 * and what range of values it works in. What a user gave is believed; what is guessed is a finding, and a warning where
 * nothing speaks for it.
 */
final class Trial {

    /** Most networks halve the size twice and double it twice, so less is not tried. */
    private static final int FIRST_MULTIPLE = 4;

    private static final int LAST_MULTIPLE = 128;
    private static final int SHORTEST_SIDE = 64;

    /** No generator that gives -1 to 1 or 0 to 1 comes near it. */
    private static final float FAR_ABOVE_ONE = 3;

    /** The darkest quarter of -1 to 1: from a generator of that range some of every picture lies there. */
    private static final float DARK = -0.5f;

    private static final float HALF = 0.5f;
    private static final double A_FEW = 0.02;
    private static final double MOST = 0.98;
    private static final float MARGIN = 0.1f;

    private final Checkpoint checkpoint;
    private final ImageGraph graph;
    private final GivenForm given;
    private final RawRun generator;
    private final List<String> findings = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Runs the graph as it is: returns (H, W, 3) as they come out. */
    interface RawRun {
        float[] run(Picture image, ValueRange range);
    }

    private record Ranges(ValueRange input, ValueRange output) {}

    Trial(Checkpoint checkpoint, RawRun generator) {
        this.checkpoint = checkpoint;
        this.graph = checkpoint.graph();
        this.given = checkpoint.given();
        this.generator = generator;
    }

    /**
     * @throws InvalidCheckpointException if it cannot be used at all: it does not run, changes the size, or gives what is no
     *     number
     */
    GeneratorForm run() {
        int multipleOf = graph.hasFixedSize() ? 1 : multipleOf();
        int width = graph.hasFixedSize() ? graph.width() : sides(multipleOf)[0];
        int height = graph.hasFixedSize() ? graph.height() : sides(multipleOf)[1];
        List<Picture> pictures = TrialPictures.of(width, height);
        Ranges ranges = ranges(pictures);
        new OutputCheck(checkpoint.name(), ranges.output())
                .warnings(pictures, outputs(pictures, ranges.input()))
                .forEach(warnings::add);
        return new GeneratorForm(ranges.input(), ranges.output(), multipleOf, findings, warnings);
    }

    private int multipleOf() {
        if (given.multipleOf().isPresent()) {
            tryMultiple(given.multipleOf().get());
            return given.multipleOf().get();
        }
        Optional<GeneratorFailedException> first = Optional.empty();
        for (int multiple = FIRST_MULTIPLE; multiple <= LAST_MULTIPLE; multiple *= 2) {
            try {
                tryMultiple(multiple);
                findings.add(
                        "takes sides that are multiples of %d; images are mirrored on to them".formatted(multiple));
                return multiple;
            } catch (GeneratorFailedException e) {
                first = first.or(() -> Optional.of(e));
            }
        }
        throw new InvalidCheckpointException(
                "%s; nor does it run on sides that are multiples of up to %d: if it takes others, say so with --multiple-of"
                        .formatted(first.orElseThrow().getMessage(), LAST_MULTIPLE),
                first.orElseThrow());
    }

    private void tryMultiple(int multiple) {
        int[] sides = sides(multiple);
        generator.run(TrialPictures.of(sides[0], sides[1]).get(0), ValueRange.ZERO_TO_ONE);
    }

    /** Odd numbers of times the multiple, so that no larger power of two goes into them. */
    private static int[] sides(int multiple) {
        int times = (SHORTEST_SIDE + multiple - 1) / multiple | 1;
        return new int[] {times * multiple, (times + 2) * multiple};
    }

    private Ranges ranges(List<Picture> pictures) {
        Optional<ValueRange> output = given.outputRange().or(checkpoint::shownOutputRange);
        if (output.isPresent() && given.outputRange().isEmpty()) {
            findings.add("gives values of %s, as its last operator shows".formatted(output.get()));
        }
        if (given.valueRange().isPresent() && output.isPresent()) {
            return new Ranges(given.valueRange().get(), output.get());
        }
        if (output.isPresent()) {
            findings.add("taken to want %s, too; if not, say so with --value-range".formatted(output.get()));
            return new Ranges(output.get(), output.get());
        }
        Optional<ValueRange> found = seen(pictures);
        ValueRange assumed = found.orElse(given.valueRange().orElse(ValueRange.MINUS_ONE_TO_ONE));
        if (found.isPresent()) {
            findings.add("gives values of %s, as a trial shows".formatted(assumed));
        } else {
            warnings.add("nothing shows what values it gives, so they are taken for %s; say it with --output-range"
                    .formatted(assumed));
        }
        if (given.valueRange().isEmpty()) {
            findings.add("taken to want %s, too; if not, say so with --value-range".formatted(assumed));
        }
        return new Ranges(given.valueRange().orElse(assumed), assumed);
    }

    /** The range in which the generator gives back what could be a picture; empty where that is not clear. */
    private Optional<ValueRange> seen(List<Picture> pictures) {
        List<float[]> signed = outputs(pictures, given.valueRange().orElse(ValueRange.MINUS_ONE_TO_ONE));
        if (share(signed, value -> Math.abs(value) > FAR_ABOVE_ONE) > 1 - MOST) {
            return share(signed, value -> isWithin(value, ValueRange.ZERO_TO_255)) > 1 - MARGIN
                    ? Optional.of(ValueRange.ZERO_TO_255)
                    : Optional.empty();
        }
        if (share(signed, value -> value < DARK) > A_FEW) {
            return Optional.of(ValueRange.MINUS_ONE_TO_ONE);
        }
        List<float[]> unsigned = outputs(pictures, given.valueRange().orElse(ValueRange.ZERO_TO_ONE));
        boolean fills = share(unsigned, value -> value < HALF) > A_FEW
                && share(unsigned, value -> isWithin(value, ValueRange.ZERO_TO_ONE)) > MOST;
        return fills ? Optional.of(ValueRange.ZERO_TO_ONE) : Optional.empty();
    }

    private interface Condition {
        boolean holds(float value);
    }

    private static double share(List<float[]> outputs, Condition condition) {
        long count = 0;
        long all = 0;
        for (float[] output : outputs) {
            all += output.length;
            for (float value : output) {
                count += condition.holds(value) ? 1 : 0;
            }
        }
        return (double) count / all;
    }

    private static boolean isWithin(float value, ValueRange range) {
        float margin = MARGIN * (range.brightest() - range.darkest());
        return value > range.darkest() - margin && value < range.brightest() + margin;
    }

    private List<float[]> outputs(List<Picture> pictures, ValueRange range) {
        return pictures.stream().map(picture -> generator.run(picture, range)).toList();
    }
}
