package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.checkpoint.ValueRange;
import dev.cyclestream.picture.Picture;
import java.util.ArrayList;
import java.util.List;

/** Looks whether what a generator gave of some pictures could be pictures in the range that it is taken for. */
final class OutputCheck {

    private static final double LARGEST_SHARE_AT_ENDS = 0.25;

    /** Of the range: less from the darkest to the brightest sample is one colour. */
    private static final double LEAST_CONTRAST = 0.02;

    private final String file;
    private final ValueRange range;

    OutputCheck(String file, ValueRange range) {
        this.file = file;
        this.range = range;
    }

    /**
     * Sentences that say what looks wrong.
     *
     * @param outputs of the pictures, in their order
     * @throws InvalidCheckpointException if one of them is not a number
     */
    List<String> warnings(List<Picture> pictures, List<float[]> outputs) {
        double leastBeyond = 1;
        double mostContrast = 0;
        for (int index = 0; index < outputs.size(); index++) {
            float[] output = outputs.get(index);
            requireNumbers(output);
            leastBeyond = Math.min(leastBeyond, shareAtEnds(output) - shareAtEnds(pictures.get(index)));
            mostContrast = Math.max(mostContrast, contrast(output));
        }
        List<String> warnings = new ArrayList<>();
        if (leastBeyond > LARGEST_SHARE_AT_ENDS) {
            warnings.add(
                    "%.0f %% of what comes out lies at the ends of %s or beyond, so its values may be others; say them with --value-range and --output-range"
                            .formatted(leastBeyond * 100, range));
        }
        if (mostContrast < LEAST_CONTRAST) {
            warnings.add(
                    "what comes out is nearly one colour in %s, so its values may be others; say them with --value-range and --output-range"
                            .formatted(range));
        }
        return warnings;
    }

    private void requireNumbers(float[] output) {
        for (float value : output) {
            if (Float.isNaN(value) || Float.isInfinite(value)) {
                throw new InvalidCheckpointException(
                        "%s: output on a drawn picture: expected numbers, found %s".formatted(file, value));
            }
        }
    }

    private double shareAtEnds(float[] output) {
        int count = 0;
        for (float value : output) {
            count += value <= range.darkest() || value >= range.brightest() ? 1 : 0;
        }
        return (double) count / output.length;
    }

    private static double shareAtEnds(Picture picture) {
        int count = 0;
        int size = picture.samples().limit();
        for (int i = 0; i < size; i++) {
            int sample = picture.samples().get(i) & 0xFF;
            count += sample == 0 || sample == 255 ? 1 : 0;
        }
        return (double) count / size;
    }

    private double contrast(float[] output) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : output) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return (most - least) / (range.brightest() - range.darkest());
    }
}
