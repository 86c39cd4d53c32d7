package dev.cyclestream.checkpoint;

import java.util.Locale;

/**
 * How images go into a generator's graph and come out again.
 *
 * @param input name of the only input
 * @param output name of the only output
 * @param layout of both
 * @param batch images that a call takes; 0 for any number
 * @param height of the images in pixels; 0 for any
 * @param width of the images in pixels; 0 for any
 */
public record ImageGraph(String input, String output, Layout layout, int batch, int height, int width) {

    /** How samples are laid out. */
    public enum Layout {

        /** uint8 (N, H, W, 3) of 0 to 255: as our trainer exports; padding and scaling are inside. */
        BYTES("uint8 [N, H, W, 3] of 0 to 255"),

        /** float32 (N, 3, H, W) in [-1, 1]: as PyTorch's exporter writes the generators of others. */
        FLOATS("float32 [N, 3, H, W] in [-1, 1]");

        private final String description;

        Layout(String description) {
            this.description = description;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /** Whether every image is brought to one size. */
    public boolean hasFixedSize() {
        return height > 0;
    }

    /** What was understood, for people. */
    public String describe() {
        String size = hasFixedSize() ? "%d x %d pixels".formatted(width, height) : "any size";
        String count = batch > 0 ? String.format(Locale.ROOT, "%d at a time", batch) : "any number at a time";
        return "%s, %s, %s".formatted(layout, size, count);
    }
}
