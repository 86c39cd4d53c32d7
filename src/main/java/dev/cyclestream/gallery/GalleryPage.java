package dev.cyclestream.gallery;

import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.page.Fact;
import dev.cyclestream.page.Gallery;
import dev.cyclestream.page.Pages;
import gg.jte.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page of images that opens from the file system and loads nothing from elsewhere. */
public final class GalleryPage {

    /** The name of a folder's page. */
    public static final String FILE = "index.html";

    /** A browser scrolls smoothly through this many; what is beyond is counted. */
    private static final int MOST_CARDS = 2000;

    /** Bytes by which a format is known. */
    private static final int SNIFFED = 32;

    private final String title;
    private final String lead;
    private String drawing = "";
    private final List<Fact> facts = new ArrayList<>();
    private final List<Card> cards = new ArrayList<>();
    private long cardsLeftOut;

    /**
     * Images that belong together, shown side by side with arrows between.
     *
     * @param note further words, may be empty
     */
    public record Card(String title, String note, List<Frame> frames) {
        public Card {
            frames = List.copyOf(frames);
        }

        private Gallery.Card shown() {
            return new Gallery.Card(
                    title,
                    note,
                    frames.stream()
                            .map(frame -> new Gallery.Frame(frame.caption(), frame.drawnSource()))
                            .toList());
        }
    }

    /**
     * One image.
     *
     * @param caption what it is, may be empty
     * @param source URI, relative to the page or holding the image itself
     * @param linked the file, if it is one
     */
    public record Frame(String caption, String source, Optional<Path> linked) {

        /**
         * An image in a file.
         *
         * @param path relative to the page, with {@code /} between the names
         * @param file the same, for whoever reads it
         */
        public static Frame linked(String caption, String path, Path file) {
            return new Frame(caption, "./" + encode(path), Optional.of(file));
        }

        /** Byte by byte: {@link java.net.URI} would compose letters and accents to other bytes than the file's name has. */
        private static String encode(String path) {
            StringBuilder encoded = new StringBuilder();
            for (byte letter : path.getBytes(StandardCharsets.UTF_8)) {
                boolean plain = letter > ' ' && letter != 0x7F && "\"#%<>?[\\]^`{|}".indexOf(letter) < 0;
                encoded.append(plain ? Character.toString(letter) : "%%%02X".formatted(letter));
            }
            return encoded.toString();
        }

        /**
         * An image that is part of the page itself.
         *
         * @throws dev.cyclestream.image.ImageRejectedException if it is none
         */
        public static Frame embedded(String caption, byte[] encoded) {
            ShownImage picture = ShownImage.of(encoded);
            return new Frame(caption, picture.substitute().orElse(picture).dataUri(), Optional.empty());
        }

        /** The source, or what is shown in its place where browsers do not draw the file's format. */
        private String drawnSource() {
            return linked.flatMap(Frame::substitute).map(ShownImage::dataUri).orElse(source);
        }

        private static Optional<ShownImage> substitute(Path file) {
            try {
                return isTiff(file) ? ShownImage.of(Files.readAllBytes(file)).substitute() : Optional.empty();
            } catch (IOException e) {
                return Optional.empty(); // it was moved away meanwhile; the page still says where it was
            }
        }

        private static boolean isTiff(Path file) throws IOException {
            try (InputStream input = Files.newInputStream(file)) {
                return ImageFormat.sniff(input.readNBytes(SNIFFED))
                        .filter(format -> format == ImageFormat.TIFF)
                        .isPresent();
            }
        }
    }

    /** @param lead a sentence or two below the title */
    public GalleryPage(String title, String lead) {
        this.title = title;
        this.lead = lead;
    }

    /** Shows a drawing below the lead; it is trusted to be SVG. */
    public GalleryPage drawing(String svg) {
        drawing = svg;
        return this;
    }

    /** Adds a number to the row of numbers at the top. */
    public GalleryPage fact(String value, String label) {
        facts.add(new Fact(value, label));
        return this;
    }

    /** Adds images at the end. */
    public GalleryPage card(Card card) {
        if (cards.size() < MOST_CARDS) {
            cards.add(card);
        } else {
            cardsLeftOut++;
        }
        return this;
    }

    /** Writes the page and makes the folders above it. */
    public void write(Path file) throws IOException {
        Content trusted = output -> output.writeContent(drawing);
        List<Gallery.Card> shown = cards.stream().map(Card::shown).toList();
        Pages.write(file, new Gallery(title, lead, trusted, facts, shown, cardsLeftOut));
    }
}
