package dev.cyclestream.cli.rollout;

import dev.cyclestream.cli.ConsoleProgress;
import dev.cyclestream.cli.option.StorageOptions;
import dev.cyclestream.cli.option.ThresholdOptions;
import dev.cyclestream.comparison.ComparedOutputs;
import dev.cyclestream.comparison.Comparison;
import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.comparison.ComparisonSettings;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.ShownPairs;
import dev.cyclestream.comparison.measure.Threshold;
import dev.cyclestream.comparison.pairing.OutputLocation.InTopic;
import dev.cyclestream.comparison.report.ReportFolder;
import dev.cyclestream.comparison.report.ReportText;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.option.Range;
import dev.cyclestream.replay.ReplayGaps;
import dev.cyclestream.rollout.RolloutRefusedException;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.operation.RolloutOperator;
import dev.cyclestream.service.GracefulStop;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.ImagesOfSplit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "judge",
        description = {
            "Promotes the candidate in the shadow or takes it back, by what compare says of its images and the stable checkpoint's.",
            "It waits until there are enough of them, made under the split of now. If a threshold is violated, the exit code is 3.",
            "If too few come in time, there is no verdict: the candidate stays in the shadow, and the exit code is 1."
        },
        footer = {"", "Names for --fail-below and --fail-above: see compare; those of cycle errors are left to it."},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class JudgeCommand implements Callable<Integer> {

    private static final int THRESHOLD_VIOLATED = 3;

    /** More than this application would ever write in one piece. */
    private static final int MOST_BYTES = 256 << 20;

    private static final ShownPairs SHOWN = new ShownPairs(Measure.SSIM, 60, 60, 1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ApplicationOptions application;

    @Mixin
    private SwitchOptions step;

    @Option(
            names = "--count",
            defaultValue = "200",
            paramLabel = "N",
            description = "Images that the candidate must have translated.")
    @Range(from = "1", to = "100000")
    private long images;

    @Option(
            names = "--within",
            defaultValue = "PT1H",
            paramLabel = "DURATION",
            description = "Longest time to wait for them.")
    @Range(from = "PT1S", to = "PT168H")
    private Duration within;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Folder for the report.")
    private OutputFolder output;

    @Mixin
    private ThresholdOptions limits;

    @Mixin
    private StorageOptions storage;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Threshold> thresholds = thresholds();
        AtomicInteger exitCode = new AtomicInteger();
        try (GracefulStop stop = new GracefulStop(told -> told ? stopped() : exitCode.get());
                RolloutOperator operator = application.operator()) {
            exitCode.set(judge(operator, thresholds));
            return stop.end();
        }
    }

    private static int stopped() {
        System.out.println("told to stop before its end; rollout status says which split holds");
        return ExitCode.SOFTWARE;
    }

    private List<Threshold> thresholds() {
        List<Threshold> thresholds = limits.thresholds();
        if (thresholds.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "expected --fail-below or --fail-above or both, found neither");
        }
        if (thresholds.stream().anyMatch(Threshold::isOfCycle)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--fail-below, --fail-above: expected measures that need no other checkpoint, found a cycle error; compare takes it");
        }
        return thresholds;
    }

    private int judge(RolloutOperator operator, List<Threshold> thresholds) throws IOException, InterruptedException {
        Split split = operator.schedule()
                .latest(step.direction())
                .filter(Split::hasShadow)
                .orElseThrow(() -> new RolloutRefusedException(
                        "%s: expected a candidate in the shadow, found none; rollout start --shadow begins one"
                                .formatted(step.direction())));
        String stable = operator.output(step.direction());
        InTopic shadow = new InTopic(RolloutTopics.shadowOf(stable), Optional.of(split.number()));
        long made = await(shadow.topic(), split.number());
        if (made < images) {
            System.out.printf(
                    "no verdict: expected %d images of the candidate in %s within %s, found %d; it stays in the shadow%n",
                    images, shadow.topic(), within, made);
            return ExitCode.SOFTWARE;
        }
        boolean passed = passes(compare(new InTopic(stable), shadow, thresholds));
        int switched = step.await(operator, operator.conclude(split, passed));
        return passed ? switched : THRESHOLD_VIOLATED;
    }

    private long await(String shadow, long split) {
        try (Topics topics = new Topics(application.connection())) {
            topics.require(List.of(shadow));
        }
        try (ImagesOfSplit made = new ImagesOfSplit(application.connection(), shadow, split);
                ConsoleProgress progress = new ConsoleProgress("waiting for the candidate", images)) {
            return made.await(images, within, count -> progress.stepTo(Math.min(count, images)));
        }
    }

    private ComparisonResult compare(InTopic stable, InTopic shadow, List<Threshold> thresholds) throws IOException {
        ComparisonSettings settings = new ComparisonSettings(
                SHOWN, 1, thresholds, Runtime.getRuntime().availableProcessors());
        KafkaConnection connection = application.connection();
        try (ImageStores stores = storage.stores(MOST_BYTES);
                Comparison comparison = new ComparedOutputs(connection, stores, new ReplayGaps(connection)::of)
                        .open(stable, shadow, settings, ComparedOutputs.Reading.SILENT);
                ConsoleProgress progress = new ConsoleProgress("comparing", comparison.expected())) {
            return comparison.run(Optional.empty(), progress::stepTo);
        }
    }

    private boolean passes(ComparisonResult result) throws IOException {
        new ReportText(result).lines().forEach(line -> System.out.println(OneLine.of(line)));
        System.out.println(
                "look at " + new ReportFolder(output.path()).write(result).toUri());
        List<String> violations = result.violations();
        violations.forEach(line -> System.err.println("threshold violated: " + OneLine.of(line)));
        System.out.println(violations.isEmpty() ? "verdict: passed" : "verdict: failed");
        return violations.isEmpty();
    }
}
