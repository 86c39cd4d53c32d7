package dev.cyclestream.checkpoint;

import java.util.Locale;

/**
 * How images go into a generator's graph and come out again.
 *
 * @param input the only input
 * @param output the only output
 * @param batch images that a call takes; 0 for any number
 * @param height of the images in pixels; 0 for any
 * @param width of the images in pixels; 0 for any
 */
public record ImageGraph(End input, End output, int batch, int height, int width) {

    /**
     * One end of a graph.
     *
     * @param name of the tensor
     * @param type of its samples
     * @param layout of its samples
     */
    public record End(String name, SampleType type, Layout layout) {
        @Override
        public String toString() {
            return type + " " + layout;
        }
    }

    /** What a sample is kept in. */
    public enum SampleType {
        /** 0 to 255, as our trainer exports: padding and scaling are inside. */
        UINT8,
        FLOAT32,
        FLOAT16;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How samples are laid out. */
    public enum Layout {

        /** Channels last, as TensorFlow has them. */
        NHWC("[N, H, W, 3]", 3, 1),

        /** Channels first, as PyTorch has them. */
        NCHW("[N, 3, H, W]", 1, 2);

        private final String description;
        private final int channelAxis;
        private final int heightAxis;

        Layout(String description, int channelAxis, int heightAxis) {
            this.description = description;
            this.channelAxis = channelAxis;
            this.heightAxis = heightAxis;
        }

        /**
         * Reads {@code nchw} or {@code nhwc}.
         *
         * @throws IllegalArgumentException if the text is neither
         */
        public static Layout parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "nchw" -> NCHW;
                case "nhwc" -> NHWC;
                default ->
                    throw new IllegalArgumentException("layout: expected nchw or nhwc, found \"%s\"".formatted(text));
            };
        }

        /** Where the three channels are. */
        public int channelAxis() {
            return channelAxis;
        }

        /** Where the rows are; the columns are behind them. */
        public int heightAxis() {
            return heightAxis;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /** Whether bytes go in and come out, as from our trainer; such a file says of itself what it is. */
    public boolean isOwnForm() {
        return input.type() == SampleType.UINT8;
    }

    /** Whether every image is brought to one size. */
    public boolean hasFixedSize() {
        return height > 0;
    }

    /** What was understood, for people. */
    public String describe() {
        String ends = input.toString().equals(output.toString()) ? input.toString() : input + " to " + output;
        String size = hasFixedSize()
                ? "%d x %d pixels (others are brought to that size and back, their proportions kept)"
                        .formatted(width, height)
                : "any size";
        String count = batch > 0 ? String.format(Locale.ROOT, "%d at a time", batch) : "any number at a time";
        return "%s, %s, %s".formatted(ends, size, count);
    }
}
