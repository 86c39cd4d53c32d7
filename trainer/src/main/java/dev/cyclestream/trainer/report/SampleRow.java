package dev.cyclestream.trainer.report;

import dev.cyclestream.picture.Picture;
import java.util.List;

/**
 * One picture and its translations by both generators.
 *
 * @param input the picture
 * @param translated into the other domain
 * @param returned the translation, translated back
 * @param identity what the generator into the picture's own domain makes of it; it should leave it alone
 */
public record SampleRow(Picture input, Picture translated, Picture returned, Picture identity) {

    static final List<String> HEADINGS = List.of("input", "translated", "back again", "identity");

    List<Picture> pictures() {
        return List.of(input, translated, returned, identity);
    }
}
