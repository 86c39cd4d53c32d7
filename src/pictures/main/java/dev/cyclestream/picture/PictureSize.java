package dev.cyclestream.picture;

/**
 * The width and the height of a picture or an image.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record PictureSize(int width, int height) {

    /** The larger of both. */
    public int longestSide() {
        return Math.max(width, height);
    }

    /** Width times height. */
    public long pixels() {
        return (long) width * height;
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
