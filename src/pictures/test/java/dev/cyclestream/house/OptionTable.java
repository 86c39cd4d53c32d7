package dev.cyclestream.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table of what options take and refuse: lines of a name, accepted and refused values, with tabs between. */
public final class OptionTable {

    private OptionTable() {}

    /** Texts that an option takes, and texts that it does not. */
    public record Values(List<String> accepted, List<String> refused) {}

    /** Reads a table; values stand with {@code |} between, a line break is {@code \n} and a zero {@code \0}. */
    public static Map<String, Values> read(Path file) {
        Map<String, Values> table = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split("\t", -1);
                    table.put(parts[0], new Values(values(parts[1]), values(parts[2])));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return table;
    }

    private static List<String> values(String text) {
        return Arrays.stream(text.split("\\|", -1))
                .map(value -> value.replace("\\n", "\n").replace("\\0", "\0"))
                .toList();
    }
}
