package dev.cyclestream.trainer.loop;

import dev.cyclestream.trainer.loss.Losses;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of the losses of every step, one line each: {@code step,learning_rate,adversarial_ab,...}. */
final class MetricsFile implements Closeable {

    private final BufferedWriter writer;
    private boolean needsHeader;

    MetricsFile(Path file) throws IOException {
        needsHeader = Files.notExists(file);
        writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void append(long step, double learningRate, Losses losses) throws IOException {
        if (needsHeader) {
            writer.write(
                    "step,learning_rate," + String.join(",", losses.byName().keySet()) + "\n");
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
