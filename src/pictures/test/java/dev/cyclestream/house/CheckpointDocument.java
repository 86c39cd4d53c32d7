package dev.cyclestream.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** schemas/checkpoint-metadata.md, by which the trainer writes and the translator reads. */
public final class CheckpointDocument {

    private static final Path FILE = Path.of("..", "schemas", "checkpoint-metadata.md");
    private static final String BEGINNING = "```properties\n";

    private CheckpointDocument() {}

    /** The document's example, key by key in its order. */
    public static Map<String, String> example() throws IOException {
        String text = Files.readString(FILE);
        String block = text.substring(text.indexOf(BEGINNING) + BEGINNING.length());
        return block.substring(0, block.indexOf("\n```"))
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (one, other) -> one, LinkedHashMap::new));
    }

    /** All lines. */
    public static List<String> lines() throws IOException {
        return Files.readAllLines(FILE);
    }
}
