package dev.cyclestream.checkpoint;

import java.util.Locale;

/**
 * The form in which images go into a generator's graph and come out again.
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

    /** The type of a sample. */
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

    /** The order of a tensor's dimensions. */
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

        /** The dimension of the three channels. */
        public int channelAxis() {
            return channelAxis;
        }

        /** The dimension of the rows; the columns come behind it. */
        public int heightAxis() {
            return heightAxis;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /** True if bytes go in and come out, as our trainer exports it; such a file holds its own metadata. */
    public boolean isOwnForm() {
        return input.type() == SampleType.UINT8;
    }

    /** True if every image is brought to one size. */
    public boolean hasFixedSize() {
        return height > 0;
    }

    /** A description of this form for people. */
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
