package dev.cyclestream.image;

/**
 * How large an image is.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record ImageSize(int width, int height) {

    int longestSide() {
        return Math.max(width, height);
    }

    long pixels() {
        return (long) width * height;
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
