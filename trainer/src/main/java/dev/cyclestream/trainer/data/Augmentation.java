package dev.cyclestream.trainer.data;

import java.util.random.RandomGenerator;

/**
 * How a picture becomes a training image: resized to a square, then a random square cut out of it, then perhaps mirrored.
 *
 * @param loadSize side of the square that every picture is resized to, in pixels; 286 in the paper
 * @param cropSize side of the square that is cut out; a multiple of 4, at least 16; 256 in the paper
 * @param flip whether half of the images are mirrored left to right
 */
public record Augmentation(int loadSize, int cropSize, boolean flip) {

    public Augmentation {
        if (cropSize < 16 || cropSize % 4 != 0) {
            throw new IllegalArgumentException("size: expected a multiple of 4 from 16 up, found " + cropSize);
        }
        if (loadSize < cropSize) {
            throw new IllegalArgumentException(
                    "load size: expected at least the size, %d, found %d".formatted(cropSize, loadSize));
        }
    }

    /** The paper's proportion of load size to crop size, 286 to 256. */
    public static int loadSizeFor(int cropSize) {
        return (int) Math.round(cropSize * 286.0 / 256);
    }

    /** A training image of the crop size. */
    public Picture apply(Picture picture, RandomGenerator random) {
        Picture loaded = BicubicResampler.resize(picture, loadSize, loadSize);
        int left = random.nextInt(loadSize - cropSize + 1);
        int top = random.nextInt(loadSize - cropSize + 1);
        Picture cropped = loaded.crop(left, top, cropSize, cropSize);
        return flip && random.nextBoolean() ? cropped.flip() : cropped;
    }

    /** The picture as samples and tests show it: resized to the crop size, with nothing left to chance. */
    public Picture withoutChance(Picture picture) {
        return BicubicResampler.resize(picture, cropSize, cropSize);
    }
}
