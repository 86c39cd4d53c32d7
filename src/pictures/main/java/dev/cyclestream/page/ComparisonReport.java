package dev.cyclestream.page;

import java.util.List;
import java.util.Optional;

/**
 * The content of a page that compares the outputs of two checkpoints.
 *
 * @param notes what a reader of the figures has to know
 * @param plots none where there are no pairs
 * @param thresholds empty where none was given
 * @param faults of both sides, and shares
 * @param faultsNote what the faults were seen in
 * @param leftOut lists that fold, by kind
 * @param pairs made while the page is written, since they hold many megabytes of images
 */
public record ComparisonReport(
        String title,
        Verdict verdict,
        List<Fact> facts,
        List<String> notes,
        List<HistogramPlot> plots,
        String cycleNote,
        Table measures,
        Optional<Table> thresholds,
        String faultsNote,
        List<Table> faults,
        Table sides,
        List<Fold> leftOut,
        String worstBy,
        Iterable<ComparedPair> pairs) {

    public ComparisonReport {
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
        plots = List.copyOf(plots);
        faults = List.copyOf(faults);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * The verdict of the thresholds.
     *
     * @param style the style's class: {@code passed}, {@code failed} or nothing
     */
    public record Verdict(String style, String text) {}

    /**
     * A list that folds.
     *
     * @param title before the number
     * @param text behind it
     */
    public record Fold(String title, long count, String text, List<String> lines) {
        public Fold {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A pair of outputs, and their input.
     *
     * @param list which of the page's lists it is in
     * @param place in that list, from 1
     * @param input URI of the image; empty if there is none
     * @param old URI of the image
     * @param newer URI of the image
     * @param figures values by their names
     */
    public record ComparedPair(
            String list,
            int place,
            String imageId,
            String source,
            String input,
            String old,
            String newer,
            List<Fact> figures,
            List<String> flags) {

        public ComparedPair {
            figures = List.copyOf(figures);
            flags = List.copyOf(flags);
        }

        String allFlags() {
            return String.join(" ", flags);
        }
    }
}
