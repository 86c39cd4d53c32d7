package dev.cyclestream.gallery;

import dev.cyclestream.gallery.GalleryPage.Card;
import dev.cyclestream.gallery.GalleryPage.Frame;
import dev.cyclestream.gallery.ImageFolder.ImageFile;
import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.inference.ImageTranslator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Translates a folder into another, without a broker, and writes a page to look at. */
public final class FolderTranslation {

    private final ImageTranslator translator;
    private final Path output;
    private final CollectedFolder folder;

    /**
     * The outcome of a folder.
     *
     * @param translated images
     * @param rejected a line for each file that was not translated, with the reason
     */
    public record Result(int translated, List<String> rejected, Path page) {
        public Result {
            rejected = List.copyOf(rejected);
        }
    }

    /** One file: a card for the page, and whether there is a translation on it. */
    private record Translation(Card card, boolean rejected) {}

    public FolderTranslation(ImageTranslator translator, Path output) {
        this.translator = translator;
        this.output = output;
        this.folder = new CollectedFolder(output);
    }

    /**
     * Translates files on all cores; each result is written under the path of its file.
     *
     * @param done is called after each file, on any thread
     */
    public Result translate(List<ImageFile> files, Runnable done) throws IOException {
        List<Translation> translations = translations(files, done);
        List<String> rejected = translations.stream()
                .filter(Translation::rejected)
                .map(translation ->
                        translation.card().title() + ": " + translation.card().note())
                .toList();
        GalleryPage page = new GalleryPage(
                        "Translated by " + translator.checkpoint().name(),
                        "A quick look, folder to folder. Checkpoint %.12s%s."
                                .formatted(
                                        translator.checkpoint().sha256(),
                                        translator
                                                .checkpoint()
                                                .direction()
                                                .map(direction -> ", " + direction)
                                                .orElse("")))
                .fact(Integer.toString(files.size() - rejected.size()), "images translated")
                .fact(Integer.toString(rejected.size()), "rejected");
        translations.forEach(translation -> page.card(translation.card()));
        Path file = output.resolve(GalleryPage.FILE);
        page.write(file);
        return new Result(files.size() - rejected.size(), rejected, file);
    }

    private List<Translation> translations(List<ImageFile> files, Runnable done) throws IOException {
        try {
            return files.parallelStream()
                    .map(file -> {
                        Translation translation = translate(file);
                        done.run();
                        return translation;
                    })
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Translation translate(ImageFile file) {
        try {
            EncodedImage translated = translator.translate(read(file));
            String written = write(file.id(), translated);
            Frame after = Frame.linked("translated", written, output.resolve(written));
            return new Translation(new Card(file.id(), "", List.of(before(file), after)), false);
        } catch (ImageRejectedException e) {
            return new Translation(new Card(file.id(), e.getMessage(), List.of()), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it names the file
        }
    }

    private static byte[] read(ImageFile file) throws IOException {
        try {
            return file.read();
        } catch (IOException e) {
            throw new IOException(file.path() + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private String write(String id, EncodedImage translated) throws IOException {
        synchronized (folder) {
            return folder.write(id, translated.toBytes());
        }
    }

    private Frame before(ImageFile file) {
        Path relative = output.toAbsolutePath().relativize(file.path().toAbsolutePath());
        return Frame.linked("input", relative.toString().replace('\\', '/'), file.path());
    }
}
