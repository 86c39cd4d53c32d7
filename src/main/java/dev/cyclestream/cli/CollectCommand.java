package dev.cyclestream.cli;

import dev.cyclestream.cli.option.KafkaOptions;
import dev.cyclestream.cli.option.StorageOptions;
import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.gallery.CollectedGallery;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.option.Range;
import dev.cyclestream.service.ToldToEnd;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImageCollector.Collected;
import dev.cyclestream.topic.ImageCollector.Reason;
import dev.cyclestream.topic.PassedOver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "collect",
        description = {
            "Writes the images of a topic to a folder, each under its id, and a page to look at.",
            "Reads from the beginning, and only what was committed; joins no consumer group.",
            "Goes on past records that hold no image or cannot be read, and says where they are; the exit code is 1 then."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class CollectCommand implements Callable<Integer> {

    /** More than this application would ever write in one piece. */
    private static final int MOST_BYTES = 256 << 20;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--topic", required = true, description = "Topic to read, such as translated.b.")
    private TopicName topic;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Folder to write to.")
    private OutputFolder output;

    @Option(names = "--max", description = "Ends after so many images. Default: no limit.")
    @Range(from = "1")
    private Optional<Long> max;

    @Option(names = "--idle", defaultValue = "PT10S", description = "Ends after so long without a new record.")
    @Range(from = "PT0.001S", to = "PT24H")
    private Duration idle;

    @Mixin
    private StorageOptions storage;

    @Override
    public Integer call() throws IOException {
        KafkaConnection connection = kafka.connection();
        try (Topics topics = new Topics(connection)) {
            topics.require(List.of(topic.value()));
        }
        connection.serdes().requireRegistry();
        CollectedGallery gallery = new CollectedGallery(output.path(), topic.value());
        try (ToldToEnd told = new ToldToEnd();
                ImageStores stores = storage.stores(MOST_BYTES);
                ImageCollector collector = new ImageCollector(connection, topic.value(), stores)) {
            Collected collected = collect(collector, gallery, told);
            PassedOver passedOver = collector.passedOver();
            String others = others(passedOver);
            System.out.println("look at " + gallery.writePage(others).toUri());
            System.out.println(
                    OneLine.of("collected %d images from %s, %d replaced by a later one of the same id%s; ended %s"
                            .formatted(
                                    collected.images(),
                                    topic,
                                    gallery.replaced(),
                                    others.isEmpty() ? "" : ", " + others,
                                    describe(collected.reason()))));
            boolean whole = passedOver.count() == 0 && collected.reason() != Reason.TOLD;
            return told.exitWith(whole ? ExitCode.OK : ExitCode.SOFTWARE);
        }
    }

    private Collected collect(ImageCollector collector, CollectedGallery gallery, ToldToEnd told) throws IOException {
        try (ConsoleProgress progress = new ConsoleProgress("collecting", max.orElse(-1L))) {
            return collector.collect(new ImageCollector.End(max.orElse(Long.MAX_VALUE), idle, told::isTold), image -> {
                gallery.add(image.imageId(), note(image), image.toBytes());
                progress.step();
            });
        }
    }

    /** Empty if every record was an image. */
    private static String others(PassedOver passedOver) {
        List<String> others = new ArrayList<>();
        if (passedOver.withoutValue() > 0) {
            others.add("%d records without a value (an image was deleted)".formatted(passedOver.withoutValue()));
        }
        if (passedOver.count() > 0) {
            others.add("%d records passed over (%s)".formatted(passedOver.count(), passedOver.describe()));
        }
        return String.join(", ", others);
    }

    private String describe(Reason reason) {
        return switch (reason) {
            case MAX -> "at --max";
            case IDLE -> "since no record came for %s (--idle)".formatted(idle);
            case TOLD -> "before the end of the topic, as it was told to";
        };
    }

    private static String note(CollectedImage image) {
        return image.provenance()
                .map(provenance -> "%s, checkpoint %.12s, from %s partition %d offset %d"
                        .formatted(
                                provenance.getCheckpointName(),
                                provenance.getCheckpointSha256(),
                                provenance.getSourceTopic(),
                                provenance.getSourcePartition(),
                                provenance.getSourceOffset()))
                .orElse("");
    }
}
