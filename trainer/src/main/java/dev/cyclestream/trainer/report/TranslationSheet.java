package dev.cyclestream.trainer.report;

import dev.cyclestream.trainer.data.Picture;
import dev.cyclestream.trainer.evaluation.Translation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The best and the worst translations as a picture: rows of input, translation, back again and, if known, the truth. */
public final class TranslationSheet {

    private static final int ROWS = 8;

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
        PictureSheet sheet = new PictureSheet();
        translations.stream().sorted(order).limit(ROWS).forEach(translation -> {
            List<Picture> cells =
                    new ArrayList<>(List.of(translation.input(), translation.translated(), translation.returned()));
            translation.truth().ifPresent(cells::add);
            sheet.addRow(cells);
        });
        sheet.writePng(file);
    }
}
