package dev.cyclestream.cli.option;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.GivenForm;
import dev.cyclestream.checkpoint.ImageGraph.Layout;
import dev.cyclestream.checkpoint.ValueRange;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.Range;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for what a generator of others takes and gives; of every command that opens one. */
public final class GeneratorOptions {

    @Option(
            names = "--value-range",
            paramLabel = "RANGE",
            description =
                    "Values that a generator of others takes: 0..1, 0..255 or -1..1. Default: what its graph or a trial shows; inspect says it.")
    private Optional<ValueRange> valueRange;

    @Option(
            names = "--output-range",
            paramLabel = "RANGE",
            description = "Values that a generator of others gives. Default: what its graph or a trial shows.")
    private Optional<ValueRange> outputRange;

    @Option(
            names = "--layout",
            description =
                    "nchw or nhwc, of a generator of others whose shapes do not show where the three channels are.")
    private Optional<Layout> layout;

    @Option(
            names = "--multiple-of",
            paramLabel = "PIXELS",
            description =
                    "Images are mirrored on to sides that are multiples of this for a generator of others. Default: what a trial shows.")
    @Range(from = "1", to = "" + GivenForm.LARGEST_MULTIPLE)
    private Optional<Integer> multipleOf;

    public Checkpoint open(InputFile file) throws IOException {
        return Checkpoint.open(file.path(), given());
    }

    /** All that is said of a generator. */
    public GivenForm given() {
        return new GivenForm(valueRange, outputRange, layout, multipleOf);
    }
}
