package dev.cyclestream.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.cyclestream.demo.Demo;
import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.demo.rollout.RolloutDemo;
import dev.cyclestream.gallery.ImageFolder;
import dev.cyclestream.option.InputFolder;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.option.Range;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Sends pictures through a real Kafka broker in this process, from domain A to domain B and back,",
            "and writes a page to look at. Needs nothing else to run.",
            "With --rollout, they go from A to B only, and a second checkpoint takes over while they do."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--output",
            required = true,
            description = "Folder to write index.html and contact-sheet.png to, or rollout.html.")
    private OutputFolder output;

    @Option(names = "--images", paramLabel = "DIR", description = "Take these pictures instead of drawing some.")
    private Optional<InputFolder> images;

    @Option(names = "--count", defaultValue = "204", description = "Pictograms to draw.")
    @Range(from = "1", to = "100000")
    private int count;

    @Option(names = "--seed", defaultValue = "1", description = "Varies the pictograms.")
    private long seed;

    @Option(
            names = "--longest-side",
            defaultValue = "128",
            description = "Pixels that the pictures of --images are shrunk to.")
    @Range(from = "16", to = "1024")
    private int longestSide;

    @Option(
            names = "--rollout",
            description = {
                "Put a candidate on trial half way through, and promote it: the page shows at which offset each partition goes over,",
                "and the candidate's pictures beside the stable one's. The candidate is made from the demo's own checkpoint.",
                "Pictures go round until every partition has gone over."
            })
    private boolean rollout;

    @Override
    public Integer call() throws IOException, InterruptedException {
        silenceOthers();
        if (images.isPresent()) {
            ImageFolder folder = new ImageFolder(images.get().path());
            folder.requireApartFrom(output.path());
            folder.passedOver().ifPresent(System.err::println);
        }
        List<DemoPicture> pictures =
                images.isPresent() ? DemoPicture.read(images.get().path(), longestSide) : DemoPicture.draw(count, seed);
        if (rollout) {
            rollOut(pictures);
        } else {
            thereAndBack(pictures);
        }
        return 0;
    }

    private void rollOut(List<DemoPicture> pictures) throws IOException, InterruptedException {
        RolloutDemo.Result result;
        try (Progress progress = new Progress(pictures.size())) {
            result = new RolloutDemo(pictures, output.path(), progress).run();
        }
        System.out.printf(
                "translated %d images, each as it is on record; %d dead letters%n",
                result.results(), result.deadLetters());
        result.switching().forEach(System.out::println);
        System.out.println("look at " + result.page().toUri());
    }

    private void thereAndBack(List<DemoPicture> pictures) throws IOException, InterruptedException {
        Demo.Result result;
        try (Progress progress = new Progress(2L * pictures.size())) {
            result = new Demo(pictures, output.path(), progress).run();
        }
        System.out.printf(
                "translated %d images, %.1f a second; %d dead letters%n",
                result.translations(), result.imagesPerSecond(), result.deadLetters());
        System.out.println("look at " + result.page().toUri());
        System.out.println("    and " + result.contactSheet().toUri());
    }

    /**
     * The broker and the application share the process. All that the broker says of every start and stop would drown what the demo
     * says, and it is the demo that says how a roll-out goes.
     */
    private static void silenceOthers() {
        for (String name : List.of("kafka", "org.apache.kafka")) {
            ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF);
        }
        ((Logger) LoggerFactory.getLogger("dev.cyclestream.rollout")).setLevel(Level.WARN);
    }

    /** Parts as lines, translations as a bar. */
    private static final class Progress implements Demo.DemoProgress, AutoCloseable {
        private final long translations;
        private Optional<ConsoleProgress> bar = Optional.empty();

        private Progress(long translations) {
            this.translations = translations;
        }

        @Override
        public void done(String part) {
            System.err.println("started: " + part);
        }

        @Override
        public void translated(int done, int all) {
            if (bar.isEmpty()) {
                bar = Optional.of(new ConsoleProgress("translating", translations));
            }
            bar.get().expect(all);
            bar.get().stepTo(done);
        }

        @Override
        public void close() {
            bar.ifPresent(ConsoleProgress::close);
        }
    }
}
