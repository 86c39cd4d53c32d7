package dev.cyclestream.option;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it. */
public record ByteSize(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");

    /**
     * Reads {@code 40GiB}, {@code 8MiB}, {@code 512KiB} or {@code 100B}.
     *
     * @throws IllegalArgumentException if it is no size
     */
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a size such as 8MiB, 512KiB or 100B, found \"" + text + "\"");
        }
        long unit = switch (matcher.group(2)) {
            case "GiB" -> 1L << 30;
            case "MiB" -> 1L << 20;
            case "KiB" -> 1L << 10;
            default -> 1L;
        };
        return new ByteSize(Long.parseLong(matcher.group(1)) * unit);
    }

    /**
     * As the length of something that is held in memory as a whole.
     *
     * @throws ArithmeticException if that is too much for Java
     */
    public int length() {
        return Math.toIntExact(bytes);
    }

    @Override
    public String toString() {
        return bytes + "B";
    }
}
