package dev.cyclestream.gallery;

import dev.cyclestream.gallery.GalleryPage.Card;
import dev.cyclestream.gallery.GalleryPage.Frame;
import dev.cyclestream.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder of images, each under its id, with a page of all of them. */
public final class CollectedGallery {

    private final Path path;
    private final String title;
    private final CollectedFolder folder;
    private final Map<String, Card> cards = new LinkedHashMap<>();

    public CollectedGallery(Path path, String title) {
        this.path = path;
        this.title = title;
        this.folder = new CollectedFolder(path);
    }

    /**
     * Writes an image; a later one of the same id takes the place of the earlier.
     *
     * @param note what the page says below the id
     */
    public void add(String imageId, String note, byte[] encoded) throws IOException {
        String file = folder.write(imageId, encoded);
        Card card = ImageFormat.sniff(encoded).isPresent()
                ? new Card(imageId, note, List.of(Frame.linked("", file, path.resolve(file))))
                : new Card(imageId, "no image; its %d bytes are in %s".formatted(encoded.length, file), List.of());
        cards.put(file, card);
    }

    /** Images so far that took the place of an earlier one. */
    public long replaced() {
        return folder.replaced();
    }

    /**
     * Writes the page.
     *
     * @param others what the page says of records that are no images; empty if there are none
     * @return where it is
     */
    public Path writePage(String others) throws IOException {
        String lead = "Read from Kafka; only what was committed."
                + (others.isEmpty() ? "" : " Beside images: " + others + ".");
        GalleryPage page = new GalleryPage(title, lead)
                .fact(Integer.toString(cards.size()), "images")
                .fact(Long.toString(folder.replaced()), "replaced by a later one of the same id");
        cards.values().forEach(page::card);
        Path file = path.resolve(GalleryPage.FILE);
        page.write(file);
        return file;
    }
}
