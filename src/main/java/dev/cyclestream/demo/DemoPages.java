package dev.cyclestream.demo;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.demo.RoundTrips.Trip;
import dev.cyclestream.gallery.ContactSheet;
import dev.cyclestream.gallery.GalleryPage;
import dev.cyclestream.gallery.GalleryPage.Card;
import dev.cyclestream.gallery.GalleryPage.Frame;
import dev.cyclestream.image.ImageDecoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.RgbImage;
import dev.cyclestream.stream.CollectedImage;
import java.util.ArrayList;
import java.util.List;

/** What one looks at after the demo. */
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
    GalleryPage page() {
        GalleryPage page = new GalleryPage("There and back again", lead())
                .fact(Integer.toString(roundTrips.translations()), "images translated")
                .fact("%.1f".formatted(roundTrips.imagesPerSecond()), "images a second")
                .fact(Integer.toString(roundTrips.deadLetters()), "dead letters");
        trips.forEach(trip -> page.card(card(trip)));
        return page;
    }

    private String lead() {
        return "Each picture went into a Kafka topic as an event of domain A, was translated by a CycleGAN generator (%s, %,d training steps), went into the topic of domain B, and came back through the generator of the other direction. Every step was one exactly-once transaction."
                .formatted(
                        checkpoint.metadata().architecture(),
                        checkpoint.metadata().training().steps());
    }

    private static Card card(Trip trip) {
        List<Frame> frames = new ArrayList<>();
        byte[] input = trip.input().encoded();
        ImageFormat.sniff(input).ifPresent(format -> frames.add(Frame.embedded("input", format.contentType(), input)));
        trip.translated().ifPresent(image -> frames.add(frame("translated", image)));
        trip.returned().ifPresent(image -> frames.add(frame("back again", image)));
        String note = trip.deadLetter()
                .map(letter -> "dead letter: %s (%s)".formatted(letter.message(), letter.source()))
                .orElse("");
        return new Card(trip.input().id(), note, frames);
    }

    private static Frame frame(String caption, CollectedImage image) {
        return Frame.embedded(caption, image.contentType(), image.toBytes());
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

    private static List<RgbImage> sequence(Trip trip, ImageDecoder decoder) {
        return List.of(
                decoder.decode(trip.input().encoded()),
                decoder.decode(trip.translated().orElseThrow().toBytes()),
                decoder.decode(trip.returned().orElseThrow().toBytes()));
    }
}
