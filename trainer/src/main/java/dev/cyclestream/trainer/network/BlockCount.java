package dev.cyclestream.trainer.network;

import java.util.Optional;

/**
 * The number of residual blocks of a generator, as people give it.
 *
 * @param number empty for as many as suit the size of the images
 */
public record BlockCount(Optional<Integer> number) {

    /** The spelling of a number that suits the size. */
    public static final String AUTO = "auto";

    private static final int MOST = 64;

    /**
     * Reads a number or {@code auto}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static BlockCount parse(String text) {
        if (text.equals(AUTO)) {
            return new BlockCount(Optional.empty());
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException("expected 1 to %d or auto, found \"%s\"".formatted(MOST, text));
        }
        return new BlockCount(Optional.of(Integer.valueOf(text)));
    }

    /** The number for square images of {@code size} pixels a side. */
    public int forSize(int size) {
        return number.orElseGet(() -> ResnetGenerator.blocksForSize(size));
    }

    @Override
    public String toString() {
        return number.map(Object::toString).orElse(AUTO);
    }
}
