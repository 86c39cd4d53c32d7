package dev.cyclestream.trainer.data;

import java.util.Locale;

/** What happens to a picture before it is mirrored: the modes of the authors' PyTorch code. */
public enum Preprocessing {

    /** Resized to a square of the load size, proportions lost; then a random square of the crop size. */
    RESIZE_AND_CROP(true) {
        @Override
        Picture load(Picture picture, int loadSize, int cropSize) {
            return picture.resize(loadSize, loadSize);
        }
    },

    /** A random square of the crop size out of the picture as it is. */
    CROP(true) {
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
    },

    /** Scaled to a width of the load size, at least as high as the crop size; then a random square of the crop size. */
    SCALE_WIDTH_AND_CROP(true) {
        @Override
        Picture load(Picture picture, int loadSize, int cropSize) {
            return scaleWidth(picture, loadSize, cropSize);
        }
    },

    /** As it is, but for sides rounded to multiples of 4. */
    NONE(false) {
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

    /** Whether a square of the crop size is cut out, so that all training images have one size. */
    public boolean crops() {
        return crops;
    }

    private static Picture scaleWidth(Picture picture, int loadSize, int cropSize) {
        int height = Math.max((int) ((long) loadSize * picture.height() / picture.width()), cropSize);
        return picture.resize(loadSize, height);
    }

    private static Picture roundSides(Picture picture) {
        return picture.resize(round(picture.width()), round(picture.height()));
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
