package dev.cyclestream.trainer.report;

import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.PictureFile;
import dev.cyclestream.trainer.evaluation.Translation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The best and the worst translations as a picture: rows of input, translation, back again and, if known, the truth. */
public final class TranslationSheet {

    private static final int ROWS = 8;

    private static final Picture NONE = new Picture(1, 1, new byte[] {-1, -1, -1});

    private TranslationSheet() {}

    /** Writes the translations that rank highest. */
    public static void writeBest(Path file, List<Translation> translations) throws IOException {
        write(file, translations, Comparator.comparingDouble(Translation::rank).reversed());
    }

    /** Writes the translations that rank lowest. */
    public static void writeWorst(Path file, List<Translation> translations) throws IOException {
        write(file, translations, Comparator.comparingDouble(Translation::rank));
    }

    private static void write(Path file, List<Translation> translations, Comparator<Translation> order)
            throws IOException {
        PictureSheet sheet = new PictureSheet(List.of(List.of("input", "translated", "back again", "target")));
        translations.stream().sorted(order).limit(ROWS).forEach(translation -> {
            Picture truth = translation.truth().orElse(NONE);
            sheet.addRow(
                    List.of(List.of(translation.input(), translation.translated(), translation.returned(), truth)));
        });
        PictureFile.writePng(file, sheet.draw());
    }
}
