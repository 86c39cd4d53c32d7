package dev.cyclestream.comparison.measure;

import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.Pair;
import dev.cyclestream.gallery.ShownImage;
import java.util.Optional;

/**
 * A pair that was measured.
 *
 * @param number of the pair, from 0
 * @param shown what a page may show of it
 */
public record Measured(long number, Pair pair, PairFigures figures, InputState input, Shown shown) {

    /** The images of a pair. */
    public record Shown(Optional<ShownImage> input, Both<ShownImage> outputs) {

        /** Fit for a page, however large they are. */
        Shown forPage() {
            return new Shown(input.map(ShownImage::forPage), outputs.map(ShownImage::forPage));
        }
    }

    Measured forPage() {
        return new Measured(number, pair, figures, input, shown.forPage());
    }
}
