package dev.cyclestream.trainer.evaluation;

import dev.cyclestream.picture.Picture;
import dev.cyclestream.picture.PictureDistance;
import dev.cyclestream.trainer.data.Augmentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The distribution of cycle errors on held-out pictures. The cycle error of one is the mean absolute difference of samples, 0 to 1,
 * between it and what comes back from a translation and the one back (equation 2 of the CycleGAN paper, halved).
 *
 * @param pictures their number
 * @param quantiles the errors that 5, 25, 50, 75 and 95 % of them do not exceed
 */
public record CycleErrors(int pictures, List<Double> quantiles) {

    /** More do not change the quantiles much, and an export should not take as long as an evaluation. */
    private static final int MOST_PICTURES = 200;

    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};
    private static final double RANGE = 2;

    public CycleErrors {
        quantiles = List.copyOf(quantiles);
    }

    /**
     * Measures it on up to 200 pictures, spread evenly over all.
     *
     * @param files of test pictures of the domain that {@code there} translates from
     * @param augmentation of the training, from which the pictures have their size
     * @return empty if there are no pictures
     */
    public static Optional<CycleErrors> measure(
            List<Path> files, Augmentation augmentation, Translator there, Translator back) throws IOException {
        List<Double> errors = new ArrayList<>();
        int count = Math.min(MOST_PICTURES, files.size());
        for (int index = 0; index < count; index++) {
            Picture picture = augmentation.readWithoutChance(files.get((int) ((long) index * files.size() / count)));
            Picture again = back.translate(there.translate(List.of(picture))).get(0);
            errors.add(PictureDistance.l1(picture, again) / RANGE);
        }
        return errors.isEmpty() ? Optional.empty() : Optional.of(of(errors));
    }

    /** The distribution of these errors; there is at least one. */
    static CycleErrors of(List<Double> errors) {
        List<Double> sorted = new ArrayList<>(errors);
        Collections.sort(sorted);
        List<Double> quantiles = new ArrayList<>();
        for (double share : SHARES) {
            int rank = (int) Math.ceil(share * sorted.size());
            quantiles.add(sorted.get(Math.max(1, rank) - 1));
        }
        return new CycleErrors(sorted.size(), quantiles);
    }
}
