package dev.cyclestream.page;

import dev.cyclestream.file.WholeFile;
import gg.jte.html.HtmlTemplateOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The writer of all pages: a page has its name only when it is whole, and is written as it is made, however large it is. */
public final class Pages {

    private Pages() {}

    /** Writes a page of images and makes the folders above it. */
    public static void write(Path file, Gallery gallery) throws IOException {
        write(file, output -> JtegalleryGenerated.render(output, null, gallery));
    }

    /** Writes a page on a run of training. */
    public static void write(Path file, TrainingRun run) throws IOException {
        write(file, output -> JtetrainingrunGenerated.render(output, null, run));
    }

    /** Writes a page that compares two outputs and makes the folders above it. */
    public static void write(Path file, ComparisonReport report) throws IOException {
        write(file, output -> JtecomparisonGenerated.render(output, null, report));
    }

    /** Writes a page on a roll-out and makes the folders above it. */
    public static void write(Path file, RolloutReport report) throws IOException {
        write(file, output -> JterolloutGenerated.render(output, null, report));
    }

    private static void write(Path file, Consumer<HtmlTemplateOutput> template) throws IOException {
        try (WholeFile whole = new WholeFile(file)) {
            // Ids may hold half a letter, which this writer replaces.
            Writer writer = new BufferedWriter(new OutputStreamWriter(whole.content(), StandardCharsets.UTF_8));
            template.accept(new ShownOutput(writer));
            writer.flush();
            whole.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
