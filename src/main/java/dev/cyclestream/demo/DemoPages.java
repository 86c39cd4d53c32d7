package dev.cyclestream.demo;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.CheckpointMetadata;
import dev.cyclestream.demo.RoundTrips.Trip;
import dev.cyclestream.gallery.ContactSheet;
import dev.cyclestream.gallery.GalleryPage;
import dev.cyclestream.gallery.GalleryPage.Card;
import dev.cyclestream.gallery.GalleryPage.Frame;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.topic.CollectedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The page and the contact sheet of the demo. */
final class DemoPages {

    private static final int SHEET_COLUMNS = 3;
    private static final int SHEET_SEQUENCES = 36;

    private final List<Trip> trips;
    private final RoundTrips roundTrips;
    private final Checkpoint checkpoint;

    DemoPages(RoundTrips roundTrips, Checkpoint checkpoint) {
        this.roundTrips = roundTrips;
        this.trips = roundTrips.trips();
        this.checkpoint = checkpoint;
    }

    /** All pictures: input, translated, and back again, or the reason why there is none. */
    GalleryPage page() throws IOException {
        GalleryPage page = new GalleryPage("There and back again", lead())
                .drawing(flow())
                .fact(Integer.toString(roundTrips.translations()), "images translated")
                .fact("%.1f".formatted(roundTrips.imagesPerSecond()), "images a second")
                .fact(Integer.toString(roundTrips.deadLetters()), "dead letters");
        trips.forEach(trip -> page.card(card(trip)));
        return page;
    }

    private static String flow() throws IOException {
        try (InputStream drawing = DemoPages.class.getResourceAsStream("flow.svg")) {
            return new String(drawing.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String lead() {
        String text = """
                %d pictures went into a Kafka topic as events of domain A, were translated by a CycleGAN generator, went \
                into the topic of domain B, and came back through the generator of the other direction, each exactly once. \
                Checkpoint %.12s: %s, %,d training steps.""";
        CheckpointMetadata metadata = checkpoint.metadata().orElseThrow();
        return text.formatted(
                trips.size(),
                checkpoint.sha256(),
                metadata.architecture(),
                metadata.training().steps());
    }

    private static Card card(Trip trip) {
        List<Frame> frames = new ArrayList<>();
        byte[] input = trip.input().encoded();
        ImageFormat.sniff(input).ifPresent(format -> frames.add(Frame.embedded("input", input)));
        trip.translated().ifPresent(image -> frames.add(frame("translated", image)));
        trip.returned().ifPresent(image -> frames.add(frame("back again", image)));
        String note = trip.deadLetter()
                .map(letter -> "dead letter: %s (%s)".formatted(letter.message(), letter.source()))
                .orElse("");
        return new Card(trip.input().id(), note, frames);
    }

    private static Frame frame(String caption, CollectedImage image) {
        return Frame.embedded(caption, image.toBytes());
    }

    /** The first pictures that came back, as one image. */
    ContactSheet contactSheet() {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        ContactSheet sheet = new ContactSheet(SHEET_COLUMNS);
        trips.stream()
                .filter(trip -> trip.translated().isPresent() && trip.returned().isPresent())
                .limit(SHEET_SEQUENCES)
                .forEach(trip -> sheet.add(sequence(trip, decoder)));
        return sheet;
    }

    private static List<Picture> sequence(Trip trip, ImageDecoder decoder) {
        return List.of(
                decoder.decode(trip.input().encoded()).color(),
                decoder.decode(trip.translated().orElseThrow().toBytes()).color(),
                decoder.decode(trip.returned().orElseThrow().toBytes()).color());
    }
}
