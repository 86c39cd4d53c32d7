package dev.cyclestream.trainer.data;

import dev.cyclestream.picture.BicubicResampler;
import dev.cyclestream.picture.Picture;
import java.util.Locale;

/** The change of a picture before it is mirrored: the modes of the authors' PyTorch code. */
public enum Preprocessing {

    /** Resized to a square of the load size, proportions lost; then a random square of the crop size. */
    RESIZE_AND_CROP(true) {
        @Override
        Picture load(Picture picture, int loadSize, int cropSize) {
            return BicubicResampler.resize(picture, loadSize, loadSize);
        }
    },

    /** A random square of the crop size out of the picture as it is. */
    CROP(true) {
        @Override
        boolean takesShrunk() {
            return false;
        }

        @Override
        int smallestSide(int cropSize, int smallestImage) {
            return cropSize;
        }

        @Override
        Picture load(Picture picture, int loadSize, int cropSize) {
            return picture;
        }
    },

    /** Scaled to a width of the load size, at least as high as the crop size; sides rounded to multiples of 4. */
    SCALE_WIDTH(false) {
        @Override
        Picture load(Picture picture, int loadSize, int cropSize) {
            return roundSides(scaleWidth(picture, loadSize, cropSize));
        }

        @Override
        int scaledHeight(Picture picture, int loadSize, int cropSize) {
            return heightOf(picture, loadSize, cropSize);
        }
    },

    /** Scaled to a width of the load size, at least as high as the crop size; then a random square of the crop size. */
    SCALE_WIDTH_AND_CROP(true) {
        @Override
        Picture load(Picture picture, int loadSize, int cropSize) {
            return scaleWidth(picture, loadSize, cropSize);
        }

        @Override
        int scaledHeight(Picture picture, int loadSize, int cropSize) {
            return heightOf(picture, loadSize, cropSize);
        }
    },

    /** As it is, but for sides rounded to multiples of 4. */
    NONE(false) {
        @Override
        boolean takesShrunk() {
            return false;
        }

        @Override
        int smallestSide(int cropSize, int smallestImage) {
            int rounded = (smallestImage + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
            return rounded - MULTIPLE / 2;
        }

        @Override
        Picture load(Picture picture, int loadSize, int cropSize) {
            return roundSides(picture);
        }
    };

    private static final int MULTIPLE = 4;

    private final boolean crops;

    Preprocessing(boolean crops) {
        this.crops = crops;
    }

    /** The part that leaves nothing to chance. */
    abstract Picture load(Picture picture, int loadSize, int cropSize);

    /** True if pictures are resized in any case, so that very large ones may be shrunk while they are read. */
    boolean takesShrunk() {
        return true;
    }

    /**
     * The smallest side that a picture may have.
     *
     * @param smallestImage side of the smallest training image that the networks take
     */
    int smallestSide(int cropSize, int smallestImage) {
        return 1;
    }

    /** The height of a picture that is scaled to a width; 0 where that is not done. */
    int scaledHeight(Picture picture, int loadSize, int cropSize) {
        return 0;
    }

    /** True if a square of the crop size is cut out, so that all training images have one size. */
    public boolean crops() {
        return crops;
    }

    private static Picture scaleWidth(Picture picture, int loadSize, int cropSize) {
        return BicubicResampler.resize(picture, loadSize, heightOf(picture, loadSize, cropSize));
    }

    private static int heightOf(Picture picture, int loadSize, int cropSize) {
        long height = (long) loadSize * picture.height() / picture.width();
        return (int) Math.min(Integer.MAX_VALUE, Math.max(height, cropSize));
    }

    private static Picture roundSides(Picture picture) {
        return BicubicResampler.resize(picture, round(picture.width()), round(picture.height()));
    }

    private static int round(int side) {
        return Math.max(Math.round((float) side / MULTIPLE) * MULTIPLE, MULTIPLE);
    }

    /** As the command line spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
