package dev.cyclestream.gallery;

import dev.cyclestream.file.WholeFile;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.option.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page of images that opens from the file system and loads nothing from elsewhere. */
public final class GalleryPage {

    /** What the page of a folder is called. */
    public static final String FILE = "index.html";

    private static final String TEMPLATE = "gallery.html";

    /** A browser scrolls smoothly through this many; what is beyond is counted. */
    private static final int MOST_CARDS = 2000;

    /** Bytes by which a format is known. */
    private static final int SNIFFED = 32;

    private final String title;
    private final String lead;
    private String drawing = "";
    private final Map<String, String> facts = new LinkedHashMap<>();
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
        facts.put(label, value);
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
        WholeFile.write(file, html().getBytes(StandardCharsets.UTF_8)); // ids may hold half a letter
    }

    private String html() throws IOException {
        StringBuilder list = new StringBuilder();
        cards.forEach(card -> list.append(html(card)));
        StringBuilder numbers = new StringBuilder();
        facts.forEach(
                (label, value) -> numbers.append("<li><b>%s</b> %s</li>".formatted(escape(value), escape(label))));
        String rest = cardsLeftOut == 0 ? "" : "<p class=\"rest\">and %d more</p>".formatted(cardsLeftOut);
        return template()
                .replace("{{title}}", escape(title))
                .replace("{{lead}}", escape(lead))
                .replace("{{drawing}}", drawing)
                .replace("{{facts}}", numbers)
                .replace("{{cards}}", list + rest);
    }

    private static String html(Card card) {
        StringBuilder frames = new StringBuilder();
        for (Frame frame : card.frames()) {
            frames.append("<figure><img loading=\"lazy\" src=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>"
                    .formatted(
                            escape(frame.drawnSource()),
                            escape(card.title() + " " + frame.caption()),
                            escape(frame.caption())));
        }
        String note = card.note().isEmpty() ? "" : "<p>%s</p>".formatted(escape(card.note()));
        return "<article><div class=\"frames\">%s</div><h2>%s</h2>%s</article>\n"
                .formatted(frames, escape(card.title()), note);
    }

    private static String template() throws IOException {
        try (InputStream input = GalleryPage.class.getResourceAsStream(TEMPLATE)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String escape(String text) {
        return OneLine.shown(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
