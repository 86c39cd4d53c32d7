package dev.cyclestream.cli;

import dev.cyclestream.cli.option.KafkaOptions;
import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.gallery.ImageFolder;
import dev.cyclestream.gallery.ImageFolder.ImageFile;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.option.ByteSize;
import dev.cyclestream.option.InputFolder;
import dev.cyclestream.option.Range;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "publish",
        description = {
            "Sends every file below a folder to a topic, as an image event whose id is the file's path below the folder.",
            "Files that are no images are sent, too: the stream makes dead letters of them."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class PublishCommand implements Callable<Integer> {

    private static final String UNKNOWN_CONTENT = "application/octet-stream";

    @Mixin
    private KafkaOptions kafka;

    @Parameters(paramLabel = "DIR", description = "Folder of images.")
    private InputFolder folder;

    @Option(names = "--topic", required = true, description = "Topic to send to, such as images.a.")
    private TopicName topic;

    @Option(
            names = "--max-image-bytes",
            defaultValue = "8MiB",
            paramLabel = "SIZE",
            description = "Largest file that is sent.")
    @Range(from = "1B", to = "2047MiB")
    private ByteSize maxImageBytes;

    @Override
    public Integer call() throws IOException {
        ImageFolder images = new ImageFolder(folder.path());
        List<ImageFile> files = images.files();
        images.passedOver().ifPresent(System.err::println);
        KafkaConnection connection = kafka.connection();
        try (Topics topics = new Topics(connection)) {
            topics.require(List.of(topic.value()));
        }
        connection.serdes().requireRegistry();
        try (ImagePublisher publisher = new ImagePublisher(connection, topic.value(), maxImageBytes.length());
                ConsoleProgress progress = new ConsoleProgress("publishing", files.size())) {
            for (ImageFile file : files) {
                publisher.send(event(file));
                progress.step();
            }
            publisher.flush();
        }
        System.out.printf("published %d images to %s%n", files.size(), topic);
        return 0;
    }

    private static ImageEvent event(ImageFile file) throws IOException {
        byte[] encoded = file.read();
        return ImageEvent.newBuilder()
                .setImageId(file.id())
                .setContentType(
                        ImageFormat.sniff(encoded).map(ImageFormat::contentType).orElse(UNKNOWN_CONTENT))
                .setImage(ByteBuffer.wrap(encoded))
                .setTakenAt(file.lastModified())
                .setAttributes(Map.of())
                .build();
    }
}
