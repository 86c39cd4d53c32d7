package dev.cyclestream.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes as people write it.
 *
 * @param bytes at most {@link Integer#MAX_VALUE}
 */
record ByteSize(int bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KiB|MiB)");

    /** Reads {@code 8MiB}, {@code 512KiB} or {@code 100B}. */
    static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("expected a size such as 8MiB, 512KiB or 100B, found \"" + text + "\"");
        }
        long unit = switch (matcher.group(2)) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            default -> 1L;
        };
        long bytes = Long.parseLong(matcher.group(1)) * unit;
        if (bytes > Integer.MAX_VALUE) {
            throw new TypeConversionException("expected less than 2048MiB, found " + text);
        }
        return new ByteSize((int) bytes);
    }
}
