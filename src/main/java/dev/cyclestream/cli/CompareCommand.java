package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.cli.option.InferenceOptions;
import dev.cyclestream.cli.option.KafkaOptions;
import dev.cyclestream.cli.option.StorageOptions;
import dev.cyclestream.cli.option.ThresholdOptions;
import dev.cyclestream.cli.value.ComparedPlace;
import dev.cyclestream.comparison.ComparedOutputs;
import dev.cyclestream.comparison.Comparison;
import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.comparison.ComparisonSettings;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.ShownPairs;
import dev.cyclestream.comparison.measure.Threshold;
import dev.cyclestream.comparison.pairing.OutputLocation;
import dev.cyclestream.comparison.report.ReportFolder;
import dev.cyclestream.comparison.report.ReportText;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.option.Range;
import dev.cyclestream.replay.ReplayGaps;
import dev.cyclestream.service.ExitCode;
import dev.cyclestream.service.GracefulStop;
import dev.cyclestream.storage.ImageStores;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = {
            "Lays what two checkpoints made of the same inputs side by side: report.html to look at, report.json for programs.",
            "Two topics are joined on source topic, partition and offset; a topic and a folder of collect on the image's id, since files carry no offsets.",
            "Compares what is committed when it begins; joins no consumer group. Records that are no translated images or",
            "cannot be read are counted and named, and leave the exit code as it is: --fail-above missing-share=0 sees what they hide."
        },
        footer = {
            "",
            "Names for --fail-below and --fail-above: ssim, l1, cycle-old, cycle-new, cycle-change, each the mean or with",
            ".min .p01 .p05 .p25 .median .p75 .p95 .p99 .max behind it; blank-share, unchanged-share, inverted-share of the",
            "new outputs; identical-share, size-differs-share, no-input-share of the pairs; missing-share, outside-share; pairs.",
            "Distances are of samples in [-1, 1]: L1 and cycle errors are 0 to 2.",
            "Exit code 3 if a threshold is violated, which every one is if there is nothing to measure."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class CompareCommand implements Callable<Integer> {

    /** More than this application would ever write in one piece. */
    private static final int MOST_BYTES = 256 << 20;

    @Mixin
    private KafkaOptions kafka;

    @Parameters(
            index = "0",
            paramLabel = "OLD",
            description = "Topic of translated images to compare with; with a slash in it, a folder.")
    private ComparedPlace old;

    @Parameters(
            index = "1",
            paramLabel = "NEW",
            description = "Topic of translated images to judge; with a slash in it, a folder.")
    private ComparedPlace newer;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Folder to write to.")
    private OutputFolder output;

    @Option(
            names = "--reverse",
            paramLabel = "FILE",
            description =
                    "Checkpoint that translates back: each output, from its encoded bytes, is translated back and compared with the input.")
    private Optional<InputFile> reverse;

    @Option(
            names = "--cycle-every",
            defaultValue = "1",
            paramLabel = "N",
            description = "Translate back only each N-th pair.")
    @Range(from = "1")
    private int cycleEvery;

    @Option(
            names = "--worst-by",
            defaultValue = "ssim",
            paramLabel = "MEASURE",
            description =
                    "Measure by which pairs are the worst: ssim (low), l1, cycle-old, cycle-new, cycle-change (high).")
    private Measure worstBy;

    @Option(names = "--worst", defaultValue = "60", paramLabel = "N", description = "Worst pairs to show.")
    @Range(from = "0", to = "250")
    private int worst;

    @Option(names = "--random", defaultValue = "60", paramLabel = "N", description = "Pairs drawn at random to show.")
    @Range(from = "0", to = "250")
    private int random;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the draw.")
    private long seed;

    @Mixin
    private ThresholdOptions limits;

    @Mixin
    private StorageOptions storage;

    @Mixin
    private GeneratorOptions generators;

    @Mixin
    private InferenceOptions inference;

    @Override
    public Integer call() throws IOException {
        ComparisonSettings settings = settings();
        Optional<Checkpoint> checkpoint = openReverse();
        KafkaConnection connection = kafka.connection();
        AtomicInteger exitCode = new AtomicInteger();
        try (GracefulStop stop = new GracefulStop(told -> told ? stopped() : exitCode.get());
                ImageStores stores = storage.stores(MOST_BYTES);
                Comparison comparison = open(connection, stores, settings)) {
            exitCode.set(conclude(run(comparison, checkpoint), settings));
            return stop.end();
        }
    }

    private int stopped() {
        System.out.printf("told to stop before %s and %s were compared: no verdict%n", old.text(), newer.text());
        return ExitCode.SOFTWARE;
    }

    private int conclude(ComparisonResult result, ComparisonSettings settings) throws IOException {
        new ReportText(result).lines().forEach(line -> System.out.println(OneLine.of(line)));
        System.out.println(
                "look at " + new ReportFolder(output.path()).write(result).toUri());
        List<String> violations = result.violations();
        violations.forEach(line -> System.err.println("threshold violated: " + OneLine.of(line)));
        String others = result.passedOver() == 0
                ? ""
                : "%d records are no translated images and were passed over".formatted(result.passedOver());
        if (!settings.thresholds().isEmpty()) {
            String verdict = violations.isEmpty() ? "verdict: passed" : "verdict: failed";
            System.out.println(others.isEmpty() ? verdict : verdict + "; " + others);
        } else if (!others.isEmpty()) {
            System.out.println(others);
        }
        return violations.isEmpty() ? ExitCode.OK : ExitCode.REFUTED;
    }

    private ComparisonSettings settings() {
        List<Threshold> thresholds = limits.thresholds();
        boolean asksForCycle = thresholds.stream().anyMatch(Threshold::isOfCycle) || worstBy.isOfCycle();
        if (asksForCycle && reverse.isEmpty()) {
            throw new IllegalArgumentException(
                    "--fail-below, --fail-above, --worst-by: cycle errors take --reverse, found none");
        }
        ShownPairs shown = new ShownPairs(worstBy, worst, random, seed);
        return new ComparisonSettings(
                shown, cycleEvery, thresholds, Runtime.getRuntime().availableProcessors());
    }

    private Optional<Checkpoint> openReverse() throws IOException {
        return reverse.isPresent() ? Optional.of(generators.open(reverse.get())) : Optional.empty();
    }

    private Comparison open(KafkaConnection connection, ImageStores stores, ComparisonSettings settings)
            throws IOException {
        try (ReadingProgress progress = new ReadingProgress()) {
            return new ComparedOutputs(connection, stores, new ReplayGaps(connection)::of)
                    .open(OutputLocation.parse(old.text()), OutputLocation.parse(newer.text()), settings, progress);
        }
    }

    private ComparisonResult run(Comparison comparison, Optional<Checkpoint> checkpoint) throws IOException {
        if (checkpoint.isEmpty() || comparison.direction().isEmpty()) {
            return measure(comparison, Optional.empty());
        }
        Checkpoint back = checkpoint
                .get()
                .requireDirection(opposite(comparison.direction().get()));
        try (ImageTranslator translator = ImageTranslator.load(
                back, ImageTranslator.ImageCodec.standard(), inference.settings(), TranslationMetrics.NONE)) {
            return measure(comparison, Optional.of(translator));
        }
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.A_TO_B ? Direction.B_TO_A : Direction.A_TO_B;
    }

    private static ComparisonResult measure(Comparison comparison, Optional<ImageTranslator> translator)
            throws IOException {
        try (ConsoleProgress progress = new ConsoleProgress("comparing", comparison.expected())) {
            return comparison.run(translator, progress::stepTo);
        }
    }

    /** A bar for each topic. */
    private static final class ReadingProgress implements ComparedOutputs.Reading, AutoCloseable {
        private Optional<ConsoleProgress> bar = Optional.empty();
        private long last;

        @Override
        public void begins(String topic, long records) {
            close();
            bar = Optional.of(new ConsoleProgress("reading " + topic, records));
        }

        @Override
        public void read(long records) {
            last = records;
            bar.ifPresent(progress -> progress.stepTo(records));
        }

        /** There are fewer records than offsets, and nobody knows how many before they are read. */
        @Override
        public void close() {
            bar.ifPresent(progress -> {
                progress.expect(last);
                progress.close();
            });
            bar = Optional.empty();
        }
    }
}
