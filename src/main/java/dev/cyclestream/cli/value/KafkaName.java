package dev.cyclestream.cli.value;

import java.util.regex.Pattern;

/** The names that Kafka allows. */
final class KafkaName {

    private static final Pattern LETTERS = Pattern.compile("[A-Za-z0-9._-]+");

    private KafkaName() {}

    static void require(String name, int longest) {
        boolean fits =
                LETTERS.matcher(name).matches() && name.length() <= longest && !name.equals(".") && !name.equals("..");
        if (!fits) {
            throw new IllegalArgumentException(
                    "expected 1 to %d letters, digits, dots, underscores and hyphens, found \"%s\""
                            .formatted(longest, name));
        }
    }
}
