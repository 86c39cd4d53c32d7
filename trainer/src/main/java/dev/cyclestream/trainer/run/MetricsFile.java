package dev.cyclestream.trainer.run;

import dev.cyclestream.trainer.loss.Losses;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table of the losses of every step, one line each: {@code step,learning_rate,adversarial_ab,...}. */
final class MetricsFile implements Closeable {

    private static final String FIRST_COLUMNS = "step,learning_rate,";
    private static final Pattern ROW = Pattern.compile("\\d{1,18}(,-?[0-9.]+(e[+-]?\\d+)?)+");

    private final BufferedWriter writer;
    private boolean needsHeader;

    MetricsFile(Path file) throws IOException {
        needsHeader = Files.notExists(file) || Files.size(file) == 0;
        writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * Leaves the rows of so many steps, and of those the ones before one that is not whole.
     *
     * @throws InvalidRunException if it is another file
     */
    static void cut(Path file, long steps) throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0) {
            return;
        }
        Path aside = file.resolveSibling(file.getFileName() + ".partial");
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String header = reader.readLine();
            if (!header.startsWith(FIRST_COLUMNS)) {
                throw new InvalidRunException(
                        "%s: expected a table that begins with %s, found another file".formatted(file, FIRST_COLUMNS));
            }
            try (BufferedWriter kept = Files.newBufferedWriter(aside)) {
                kept.write(header + "\n");
                copyRows(reader, commas(header), steps, kept);
            }
        } catch (CharacterCodingException e) {
            throw new InvalidRunException(file + ": expected text in UTF-8, found other bytes");
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void copyRows(BufferedReader rows, long commas, long most, BufferedWriter kept) throws IOException {
        String row = rows.readLine();
        for (long copied = 0; copied < most && row != null; copied++) {
            if (!ROW.matcher(row).matches() || commas(row) != commas) {
                return;
            }
            kept.write(row + "\n");
            row = rows.readLine();
        }
    }

    private static long commas(String row) {
        return row.chars().filter(letter -> letter == ',').count();
    }

    void append(long step, double learningRate, Losses losses) throws IOException {
        if (needsHeader) {
            writer.write(FIRST_COLUMNS + String.join(",", losses.byName().keySet()) + "\n");
            needsHeader = false;
        }
        String terms = losses.byName().values().stream()
                .map(value -> String.format(Locale.ROOT, "%.6g", value))
                .collect(Collectors.joining(","));
        writer.write(String.format(Locale.ROOT, "%d,%.6g,%s\n", step, learningRate, terms));
    }

    void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
