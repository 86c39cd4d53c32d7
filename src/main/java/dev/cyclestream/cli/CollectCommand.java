package dev.cyclestream.cli;

import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.gallery.CollectedGallery;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.option.Range;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.CollectedImage;
import dev.cyclestream.stream.ImageCollector;
import dev.cyclestream.stream.KafkaConnection;
import dev.cyclestream.stream.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "collect",
        description = {
            "Writes the images of a topic to a folder, each under its id, and a page to look at.",
            "Reads from the beginning, and only what was committed; joins no consumer group."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class CollectCommand implements Callable<Integer> {

    /** What this application would never write in one piece. */
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
        ImageCollector.End end = new ImageCollector.End(max.orElse(Long.MAX_VALUE), idle);
        KafkaConnection connection = kafka.connection();
        try (Topics topics = new Topics(connection)) {
            topics.require(List.of(topic.value()));
        }
        connection.serdes().requireRegistry();
        CollectedGallery gallery = new CollectedGallery(output.path(), topic.value());
        try (ImageStores stores = storage.stores(MOST_BYTES);
                ImageCollector collector = new ImageCollector(connection, topic.value(), stores);
                ConsoleProgress progress = new ConsoleProgress("collecting", max.orElse(-1L))) {
            long count = collector.collect(end, image -> {
                gallery.add(image.imageId(), note(image), image.toBytes());
                progress.step();
            });
            System.out.printf(
                    "collected %d images from %s, %d replaced by a later one of the same id, %d records skipped%n",
                    count, topic, gallery.replaced(), collector.skipped());
        }
        System.out.println("look at " + gallery.writePage().toUri());
        return 0;
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
