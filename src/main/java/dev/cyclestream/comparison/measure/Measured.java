package dev.cyclestream.comparison.measure;

import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.Pair;
import dev.cyclestream.gallery.Picture;
import java.util.Optional;

/**
 * A pair that was measured.
 *
 * @param number of the pair, from 0
 * @param shown what a page may show of it
 */
public record Measured(long number, Pair pair, PairFigures figures, InputState input, Shown shown) {

    /** The images of a pair. */
    public record Shown(Optional<Picture> input, Both<Picture> outputs) {

        /** Fit for a page, however large they are. */
        Shown forPage() {
            return new Shown(input.map(Picture::forPage), outputs.map(Picture::forPage));
        }
    }

    Measured forPage() {
        return new Measured(number, pair, figures, input, shown.forPage());
    }
}
