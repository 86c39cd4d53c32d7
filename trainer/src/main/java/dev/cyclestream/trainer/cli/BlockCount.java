package dev.cyclestream.trainer.cli;

import dev.cyclestream.trainer.network.ResnetGenerator;
import java.util.Optional;

/**
 * How many residual blocks a generator has.
 *
 * @param number empty for as many as suit the size of the images
 */
record BlockCount(Optional<Integer> number) {

    static final String AUTO = "auto";

    private static final int MOST = 64;

    /**
     * Reads a number or {@code auto}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static BlockCount parse(String text) {
        if (text.equals(AUTO)) {
            return new BlockCount(Optional.empty());
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException("expected 1 to %d or auto, found \"%s\"".formatted(MOST, text));
        }
        return new BlockCount(Optional.of(Integer.valueOf(text)));
    }

    int forSize(int size) {
        return number.orElseGet(() -> ResnetGenerator.blocksForSize(size));
    }

    @Override
    public String toString() {
        return number.map(Object::toString).orElse(AUTO);
    }
}
