package dev.cyclestream.inference;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device that generators run on.
 *
 * @param kind which kind of device
 * @param gpu number of the GPU, from 0; of no meaning for the CPU
 */
public record InferenceDevice(Kind kind, int gpu) {

    private static final Pattern TEXT = Pattern.compile("(cpu|auto|gpu)(?::(\\d{1,3}))?");

    /** Kinds of device. */
    public enum Kind {
        CPU,
        GPU,
        /** A GPU where the build and the machine have one, otherwise the CPU. */
        AUTO
    }

    /**
     * Reads {@code cpu}, {@code gpu}, {@code gpu:1} or {@code auto}.
     *
     * @throws IllegalArgumentException if the text is none of them
     */
    public static InferenceDevice parse(String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        boolean matches = matcher.matches()
                && (matcher.group(2) == null || matcher.group(1).equals("gpu"));
        if (!matches) {
            throw new IllegalArgumentException(
                    "expected cpu, gpu, gpu:1 and so on, or auto, found \"%s\"".formatted(text));
        }
        return new InferenceDevice(
                Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
    }

    /** The processor that this program runs on. */
    public static InferenceDevice cpu() {
        return new InferenceDevice(Kind.CPU, 0);
    }
}
