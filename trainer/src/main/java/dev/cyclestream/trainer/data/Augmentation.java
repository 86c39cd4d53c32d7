package dev.cyclestream.trainer.data;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.picture.BicubicResampler;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * The way from a picture to a training image.
 *
 * @param preprocessing what is resized and cut out
 * @param loadSize side, or width, that pictures are resized to, in pixels; 286 in the paper
 * @param cropSize side of the square that is cut out; a multiple of 4, at least 16; 256 in the paper
 * @param flip whether half of the images are mirrored left to right
 */
public record Augmentation(Preprocessing preprocessing, int loadSize, int cropSize, boolean flip) {

    private static final int SMALLEST_CROPPED = 128;

    public Augmentation {
        if (cropSize < 16 || cropSize % 4 != 0) {
            throw new WrongSetUpException("size: expected a multiple of 4 from 16 up, found " + cropSize);
        }
        if (loadSize < cropSize) {
            throw new WrongSetUpException(
                    "--load-size: expected at least --size, %d, found %d".formatted(cropSize, loadSize));
        }
    }

    /** Images of one size, taken as whole pictures. */
    public static Augmentation none(int size) {
        return new Augmentation(Preprocessing.RESIZE_AND_CROP, size, size, false);
    }

    /**
     * The load size unless another is given: the paper's proportion, 286 to 256. Below 128 px it is the crop size itself: at
     * such sizes how a picture is framed is part of its domain, and random crops hide it from the networks.
     */
    public static int loadSizeFor(int cropSize) {
        return cropSize < SMALLEST_CROPPED ? cropSize : (int) Math.round(cropSize * 286.0 / 256);
    }

    /** The height of a picture that is scaled to the load size as its width; 0 where that is not done. */
    int scaledHeight(Picture picture) {
        return preprocessing.scaledHeight(picture, loadSize, cropSize);
    }

    /** The smallest side that a picture may have, for networks that take images of so many pixels a side. */
    int smallestSide(int smallestImage) {
        return preprocessing.smallestSide(cropSize, smallestImage);
    }

    /**
     * The picture of a file, before any of this is done to it.
     *
     * @throws InvalidDataException if it cannot be decoded
     */
    Picture read(Path file) throws IOException {
        return preprocessing.takesShrunk() ? PictureFile.readEnough(file) : PictureFile.read(file);
    }

    /** The part that leaves nothing to chance, the same each time. */
    Picture load(Picture picture) {
        return preprocessing.load(picture, loadSize, cropSize);
    }

    /** A training image out of a picture that was loaded. */
    Picture cut(Picture loaded, RandomGenerator random) {
        Picture cropped = loaded;
        if (preprocessing.crops()) {
            int left = random.nextInt(loaded.width() - cropSize + 1);
            int top = random.nextInt(loaded.height() - cropSize + 1);
            cropped = loaded.crop(left, top, cropSize, cropSize);
        }
        return flip && random.nextBoolean() ? cropped.flip() : cropped;
    }

    /**
     * The picture of a file as samples and evaluation show it: the whole of it, or its middle, with nothing left to chance.
     *
     * @throws InvalidDataException if it cannot be decoded
     */
    public Picture readWithoutChance(Path file) throws IOException {
        return withoutChance(read(file));
    }

    Picture withoutChance(Picture picture) {
        if (preprocessing == Preprocessing.RESIZE_AND_CROP) {
            return BicubicResampler.resize(picture, cropSize, cropSize);
        }
        Picture loaded = load(picture);
        return preprocessing.crops()
                ? loaded.crop((loaded.width() - cropSize) / 2, (loaded.height() - cropSize) / 2, cropSize, cropSize)
                : loaded;
    }
}
