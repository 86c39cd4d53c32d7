package dev.cyclestream.trainer.loop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** The file {@code SHA256SUMS} of a folder, in the form that {@code sha256sum --check} reads. */
final class Checksums {

    private static final String FILE = "SHA256SUMS";
    private static final String SEPARATOR = "  ";

    private Checksums() {}

    /** Writes the sums of all files in the folder. */
    static void write(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                lines.append(sha256(file))
                        .append(SEPARATOR)
                        .append(file.getFileName())
                        .append('\n');
            }
        }
        Files.writeString(folder.resolve(FILE), lines);
    }

    /**
     * Checks every file that is listed.
     *
     * @throws InvalidRunException that names a file that is missing or has changed
     */
    static void verify(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(FILE));
        for (String line : lines) {
            int end = line.indexOf(SEPARATOR);
            String expected = line.substring(0, end);
            Path file = folder.resolve(line.substring(end + SEPARATOR.length()));
            String found = Files.exists(file) ? sha256(file) : "no file";
            if (!found.equals(expected)) {
                throw new InvalidRunException(("%s: is damaged: expected SHA-256 %s, found %s;"
                                + " once the folder %s is removed, its run goes on from the state before")
                        .formatted(file, expected, found, folder.getFileName()));
            }
        }
    }

    /** Of a file, as lower-case hexadecimal digits. */
    static String sha256(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(input);
        }
    }
}
