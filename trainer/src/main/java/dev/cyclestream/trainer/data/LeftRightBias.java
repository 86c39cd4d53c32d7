package dev.cyclestream.trainer.data;

import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/**
 * By how much the right halves of a domain's pictures are brighter than the left ones, as where the light always comes from the
 * right. Training on mirrored pictures cannot learn such a trait: it shows as many that are lit from the other side.
 *
 * @param difference of the mean brightness of the halves, over all pictures, in 0 to 255; negative where the left is brighter
 * @param standardError of the difference
 * @param pictures that were looked at
 */
public record LeftRightBias(double difference, double standardError, int pictures) {

    private static final int MOST_PICTURES = 1000;
    private static final int FEWEST_PICTURES = 30;
    private static final double VISIBLE_DIFFERENCE = 2;
    private static final double SIGNIFICANT_ERRORS = 6;

    /**
     * Measures one domain of a data set; of many pictures, a thousand that are spread evenly.
     *
     * @param files training images of one domain
     * @param pictures those of the data set, as training cuts its images out of them
     */
    public static LeftRightBias of(List<Path> files, LoadedPictures pictures) {
        int count = Math.min(files.size(), MOST_PICTURES);
        double[] differences = IntStream.range(0, count)
                .parallel()
                .mapToObj(index -> files.get((int) ((long) index * files.size() / count)))
                .mapToDouble(file -> difference(file, pictures))
                .toArray();
        DoubleSummaryStatistics sum = new DoubleSummaryStatistics();
        DoubleSummaryStatistics squares = new DoubleSummaryStatistics();
        for (double difference : differences) {
            sum.accept(difference);
            squares.accept(difference * difference);
        }
        double variance = Math.max(0, squares.getAverage() - sum.getAverage() * sum.getAverage());
        return new LeftRightBias(sum.getAverage(), Math.sqrt(variance / Math.max(1, count - 1)), count);
    }

    /** True if it can be seen, and chance does not explain it. */
    public boolean isTrait() {
        return pictures >= FEWEST_PICTURES
                && Math.abs(difference) >= VISIBLE_DIFFERENCE
                && Math.abs(difference) >= SIGNIFICANT_ERRORS * standardError;
    }

    private static double difference(Path file, LoadedPictures pictures) {
        try {
            return difference(pictures.get(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double difference(Picture picture) {
        int half = picture.width() / 2;
        return brightness(picture, picture.width() - half, half) - brightness(picture, 0, half);
    }

    private static double brightness(Picture picture, int left, int width) {
        long sum = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = left; x < left + width; x++) {
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    sum += picture.sample(x, y, channel);
                }
            }
        }
        return (double) sum / Math.max(1, (long) width * picture.height() * Picture.CHANNELS);
    }
}
