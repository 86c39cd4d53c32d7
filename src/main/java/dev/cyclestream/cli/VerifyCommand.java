package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.GivenForm;
import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.cli.option.ImageOptions;
import dev.cyclestream.cli.option.KafkaOptions;
import dev.cyclestream.cli.option.StorageOptions;
import dev.cyclestream.cli.value.ClientName;
import dev.cyclestream.cli.value.Share;
import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.InferenceSettings;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.replay.Edge;
import dev.cyclestream.replay.PartitionRange;
import dev.cyclestream.replay.ReplayRange;
import dev.cyclestream.replay.SourceTopic;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.service.ExitCode;
import dev.cyclestream.service.FetchedCheckpoints;
import dev.cyclestream.service.ToldToEnd;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.verification.CheckpointSource;
import dev.cyclestream.verification.ClaimedOutput;
import dev.cyclestream.verification.KnownCheckpoints;
import dev.cyclestream.verification.Tally;
import dev.cyclestream.verification.Verdict;
import dev.cyclestream.verification.Verification;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Makes the outputs of a topic again from their provenance, on the CPU, and names those that differ by a byte.",
            "Outputs of roll-outs, of shadows and of replays alike. Give it the options for images that run was given:",
            "other limits, sizes and qualities make other images. Rounding may differ between kinds of processors, too.",
            "Checks what is committed when it begins; joins no consumer group."
        },
        footer = {
            "",
            "The last line says how many outputs were checked, and why the others were not. Exit code 3 if an output differs;",
            "1 if there are outputs and none of them can be checked, or it was told to end before all were."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class VerifyCommand implements Callable<Integer> {

    /** More than this application would ever write in one piece. */
    private static final int MOST_BYTES = 256 << 20;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--topic", required = true, description = "Translated images to check, such as translated.b.")
    private TopicName topic;

    @Option(
            names = "--from",
            defaultValue = "earliest",
            paramLabel = "EDGE",
            description =
                    "Beginning of the range of outputs: earliest, latest, now, an offset, offsets by partition such as 0:120,1:80 (others are left out), or a time such as 2026-05-01T12:00:00Z.")
    private Edge from;

    @Option(
            names = "--to",
            defaultValue = "latest",
            paramLabel = "EDGE",
            description = "End of the range, in the same words; the output there is not checked.")
    private Edge to;

    @Option(
            names = "--share",
            defaultValue = "100%",
            description = "Part of the outputs that is checked, drawn at random, such as 5%% or 0.05.")
    private Share share;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the draw.")
    private long seed;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            split = ",",
            description =
                    "Checkpoint that made outputs; several with commas between. Those that the application's roll-outs name, and those that its instances run, are known without it.")
    private List<InputFile> files = List.of();

    @Option(
            names = "--application-id",
            defaultValue = "cyclestream",
            description = "Application id of the instances that made the outputs, as run was given it.")
    private ClientName applicationId;

    @Mixin
    private ImageOptions images;

    @Mixin
    private StorageOptions storage;

    @Mixin
    private GeneratorOptions generators;

    @Override
    public Integer call() throws IOException {
        ReplayRange range = new ReplayRange(from, to);
        KafkaConnection connection = kafka.connection();
        Map<String, NamedCheckpoint> given = given();
        try (Topics topics = new Topics(connection)) {
            topics.require(List.of(topic.value()));
        }
        connection.serdes().requireRegistry();
        List<PartitionRange> ranges = ranges(connection, range);
        try (ToldToEnd told = new ToldToEnd();
                KnownCheckpoints checkpoints = new KnownCheckpoints(sources(connection, given));
                ImageStores stores = storage.stores(MOST_BYTES)) {
            Checked checked = check(connection, ranges, checkpoints, stores, told);
            System.out.println(OneLine.of("%s of %s%s%s"
                    .formatted(
                            checked.tally(),
                            topic,
                            checked.others() == 0
                                    ? ""
                                    : "; %d records hold no translated image".formatted(checked.others()),
                            told.isTold() ? "; told to end before all were" : "")));
            return told.exitWith(exitCode(checked.tally(), told.isTold()));
        }
    }

    /** The tally, and the records that hold something else. */
    private record Checked(Tally tally, long others) {}

    private Checked check(
            KafkaConnection connection,
            List<PartitionRange> ranges,
            KnownCheckpoints checkpoints,
            ImageStores stores,
            ToldToEnd told) {
        try (ConsoleProgress progress = new ConsoleProgress("verifying", length(ranges));
                Verification verification = new Verification(
                        connection, topic.value(), checkpoints, stores, new ConsoleWatcher(progress, told))) {
            Tally tally = verification.run(ranges, new Verification.Sample(share.fraction(), seed));
            return new Checked(tally, verification.passedOver().count());
        }
    }

    private static int exitCode(Tally tally, boolean told) {
        if (tally.different() > 0) {
            return ExitCode.REFUTED;
        }
        boolean nothing = tally.checked() == 0 && tally.notChecked() > 0;
        return told || nothing ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private List<PartitionRange> ranges(KafkaConnection connection, ReplayRange range) {
        try (SourceTopic outputs = new SourceTopic(connection, topic.value())) {
            return outputs.fix(range, Instant.now(), Duration.ZERO).ranges();
        }
    }

    private static long length(List<PartitionRange> ranges) {
        return ranges.stream().mapToLong(PartitionRange::length).sum();
    }

    /** The files by their SHA-256. */
    private Map<String, NamedCheckpoint> given() throws IOException {
        Map<String, NamedCheckpoint> given = new HashMap<>();
        for (InputFile file : files) {
            Checkpoint checkpoint = generators.open(file);
            String place = file.path().toAbsolutePath().toUri().toString();
            given.put(checkpoint.sha256(), new NamedCheckpoint(checkpoint.sha256(), checkpoint.name(), place));
        }
        return given;
    }

    private Map<String, CheckpointSource> sources(KafkaConnection connection, Map<String, NamedCheckpoint> given) {
        Map<String, CheckpointSource> sources = new HashMap<>();
        KnownCheckpoints.ofApplication(connection, applicationId.value())
                .forEach((sha256, named) -> sources.put(sha256, source(named, GivenForm.NONE)));
        given.forEach((sha256, named) -> sources.put(sha256, source(named, generators.given())));
        return sources;
    }

    private CheckpointSource source(NamedCheckpoint named, GivenForm form) {
        FetchedCheckpoints fetched = new FetchedCheckpoints(
                storage.fetch(),
                form,
                checkpoint -> ImageTranslator.load(
                        checkpoint, images.codec(), InferenceSettings.ofCpu(), TranslationMetrics.NONE));
        return (name, direction) -> fetched.load(new NamedCheckpoint(named.sha256(), name, named.source()), direction);
    }

    private record ConsoleWatcher(ConsoleProgress progress, ToldToEnd told) implements Verification.Watcher {

        @Override
        public void differs(ClaimedOutput output, Verdict.Different difference) {
            System.out.println(OneLine.of("differs: %s: expected SHA-256 %s, found %s"
                    .formatted(output, difference.expected(), difference.found())));
        }

        @Override
        public void stepTo(long offsets) {
            progress.stepTo(offsets);
        }

        @Override
        public boolean isTold() {
            return told.isTold();
        }
    }
}
