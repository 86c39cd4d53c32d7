package dev.cyclestream.trainer.report;

import dev.cyclestream.picture.Fault;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.PictureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Translations of the same few images each time, in both directions. */
public record Samples(List<SampleRow> ofA, List<SampleRow> ofB) {

    private static final double MOST = 0.75;

    /** Less than this, of 255 and on average, is hard to see. */
    private static final double VISIBLE_DIFFERENCE = 2;

    public Samples {
        ofA = List.copyOf(ofA);
        ofB = List.copyOf(ofB);
    }

    /** Writes them as PNG: rows of images of A on the left and of B on the right, under headings. */
    public void writePng(Path file) throws IOException {
        PictureSheet sheet = new PictureSheet(List.of(SampleRow.HEADINGS, SampleRow.HEADINGS));
        for (int row = 0; row < Math.min(ofA.size(), ofB.size()); row++) {
            sheet.addRow(Stream.of(ofA.get(row), ofB.get(row))
                    .map(SampleRow::pictures)
                    .toList());
        }
        PictureFile.writePng(file, sheet.draw());
    }

    /** Sentences on what is wrong with most outputs of a direction; none if nothing is. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        warn("A to B", ofA, warnings);
        warn("B to A", ofB, warnings);
        return warnings;
    }

    private static void warn(String direction, List<SampleRow> rows, List<String> warnings) {
        for (Fault fault : Fault.values()) {
            long found = rows.stream()
                    .filter(row -> Fault.of(row.translated(), row.input()).contains(fault))
                    .count();
            if (found > MOST * rows.size()) {
                warnings.add("%s: %d of %d outputs are %s".formatted(direction, found, rows.size(), words(fault)));
            }
        }
        if (isCollapsed(rows)) {
            warnings.add(direction + ": all outputs are alike, whatever the input");
        }
    }

    private static String words(Fault fault) {
        return fault == Fault.UNCHANGED ? "equal to the input" : fault.toString();
    }

    private static boolean isCollapsed(List<SampleRow> rows) {
        Picture first = rows.get(0).translated();
        boolean inputsDiffer = rows.stream()
                .anyMatch(row -> row.input().hasSizeOf(rows.get(0).input())
                        && row.input().meanDifference(rows.get(0).input()) > VISIBLE_DIFFERENCE);
        return inputsDiffer
                && rows.stream()
                        .map(SampleRow::translated)
                        .allMatch(
                                output -> output.hasSizeOf(first) && output.meanDifference(first) < VISIBLE_DIFFERENCE);
    }
}
