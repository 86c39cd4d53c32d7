package dev.cyclestream.trainer.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** The file {@code SHA256SUMS} of a folder, in the form that {@code sha256sum --check} reads. */
final class Checksums {

    private static final String FILE = "SHA256SUMS";
    private static final String SEPARATOR = "  ";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})" + SEPARATOR + "([^/\\\\]+)");
    private static final String REMEDY = "; once the folder %s is removed, its run goes on from the state before";

    private Checksums() {}

    /** Writes the sums of all files in the folder, and waits until the device has them all. */
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
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                RunFile.force(file);
            }
        }
    }

    /**
     * Checks every file that is listed.
     *
     * @param needed names of files that must be listed
     * @throws InvalidRunException that names a file that is missing or has changed, or the list if it is not whole
     */
    static void verify(Path folder, List<String> needed) throws IOException {
        Path list = folder.resolve(FILE);
        Set<String> missing = new TreeSet<>(needed);
        for (String line : lines(folder)) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw damaged(list, "a SHA-256 and the name of a file in each line", '"' + line + '"', folder);
            }
            Path file = folder.resolve(matcher.group(2));
            String found = Files.exists(file) ? sha256(file) : "no file";
            if (!found.equals(matcher.group(1))) {
                throw damaged(file, "SHA-256 " + matcher.group(1), found, folder);
            }
            missing.remove(matcher.group(2));
        }
        if (!missing.isEmpty()) {
            throw damaged(list, "the SHA-256 of " + String.join(", ", missing), "none", folder);
        }
    }

    private static List<String> lines(Path folder) throws IOException {
        try {
            return RunFile.text(folder.resolve(FILE)).lines().toList();
        } catch (InvalidRunException e) {
            throw new InvalidRunException(e.getMessage() + REMEDY.formatted(folder.getFileName()));
        }
    }

    private static InvalidRunException damaged(Path file, String expected, String found, Path folder) {
        return new InvalidRunException("%s: is damaged: expected %s, found %s%s"
                .formatted(file, expected, found, REMEDY.formatted(folder.getFileName())));
    }

    /** Of a file, as lower-case hexadecimal digits. */
    static String sha256(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(input);
        }
    }
}
