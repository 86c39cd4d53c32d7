package dev.cyclestream.comparison.report;

import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The folder that holds the report of a comparison: {@code report.html} to look at, {@code report.json} for programs. */
public final class ReportFolder {

    private static final String PAGE = "report.html";
    private static final String DATA = "report.json";

    private final Path folder;

    public ReportFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes both files and makes the folders above; returns where the page is. */
    public Path write(ComparisonResult result) throws IOException {
        WholeFile.write(folder.resolve(DATA), new ReportJson(result).text().getBytes(StandardCharsets.UTF_8));
        Path page = folder.resolve(PAGE);
        new ReportPage(result).write(page);
        return page;
    }
}
