package dev.cyclestream.inference;

import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Finds what a graph of our own form made of values that are not numbers. Its last operators turn NaN into 0, and its instance
 * normalization carries one NaN into every pixel: the picture is black all over, whatever was in it.
 */
final class NotANumber {

    /** Less contrast than that is a picture of one colour, which an honest generator may turn into black. */
    private static final int CONTRAST = 64;

    private NotANumber() {}

    /**
     * Makes sure that no output is black all over whose input is a picture.
     *
     * @throws GeneratorFailedException if one is
     */
    static void require(List<Picture> inputs, List<Picture> outputs) {
        for (int index = 0; index < outputs.size(); index++) {
            if (isBlack(outputs.get(index)) && contrast(inputs.get(index)) >= CONTRAST) {
                throw new GeneratorFailedException(
                        "expected a picture, found one that is black all over, as of values that are not numbers (NaN)");
            }
        }
    }

    private static boolean isBlack(Picture image) {
        ByteBuffer samples = image.samples();
        while (samples.hasRemaining()) {
            if (samples.get() != 0) {
                return false;
            }
        }
        return true;
    }

    private static int contrast(Picture image) {
        int darkest = 255;
        int brightest = 0;
        ByteBuffer samples = image.samples();
        while (samples.hasRemaining()) {
            int sample = Byte.toUnsignedInt(samples.get());
            darkest = Math.min(darkest, sample);
            brightest = Math.max(brightest, sample);
        }
        return brightest - darkest;
    }
}
