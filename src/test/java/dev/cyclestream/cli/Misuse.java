package dev.cyclestream.cli;

import dev.cyclestream.inference.DemoCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of {@code misuses.tsv}.
 *
 * @param line as it is there
 */
record Misuse(String line) {

    private static final Path TABLE = Path.of("test/resources/dev/cyclestream/cli/misuses.tsv");

    /** All of them. */
    static List<Misuse> all() {
        try {
            return Files.readAllLines(TABLE).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Misuse::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes what the lines refer to. */
    static void makePlaces(Path folder) throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        Files.writeString(Files.createDirectory(folder.resolve("images")).resolve("1.png"), "no image");
        Files.copy(DemoCheckpoint.file("a-to-b.onnx"), folder.resolve("a.onnx"));
        Files.copy(DemoCheckpoint.file("b-to-a.onnx"), folder.resolve("b.onnx"));
        Files.writeString(folder.resolve("text"), "no model");
        Files.writeString(folder.resolve("client.properties"), "interceptor.classes=x");
    }

    private String part(int index) {
        return line.split("\t", -1)[index];
    }

    List<String> arguments(Path folder) {
        List<String> arguments = new ArrayList<>();
        for (String argument : part(0).split(" ", -1)) {
            if (argument.equals("@")) {
                arguments.addAll(List.of("--bootstrap-servers", "localhost:1", "--schema-registry", "mock://x"));
            } else if (!argument.isEmpty()) {
                arguments.add(argument.replace("@sha", "0".repeat(64))
                        .replace("{}", folder.toString())
                        .replace("'", ""));
            }
        }
        return arguments;
    }

    Map<String, String> environment(Path folder) {
        Map<String, String> environment = new HashMap<>();
        Arrays.stream(part(1).split(" ", -1))
                .filter(variable -> !variable.isEmpty())
                .forEach(variable -> {
                    String[] parts = variable.split("=", 2);
                    environment.put(parts[0], parts[1].replace("{}", folder.toString()));
                });
        return environment;
    }

    /** What the complaint says, in parts. */
    String[] complaint() {
        return part(2).split("\\|", -1);
    }

    @Override
    public String toString() {
        return line.replace('\t', ' ');
    }
}
