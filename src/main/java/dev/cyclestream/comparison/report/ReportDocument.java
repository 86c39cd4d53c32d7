package dev.cyclestream.comparison.report;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;

/**
 * The file {@code report.json}, component by component in its order. Numbers that cannot be given are null; the keys of maps are
 * words of the program, such as names of measures.
 */
record ReportDocument(
        int formatVersion,
        String applicationVersion,
        long pairs,
        Verdict verdict,
        @SerializedName("old") Side ofOld,
        @SerializedName("new") Side ofNew,
        Reverse reverse,
        Map<String, Map<String, Object>> measures,
        Map<String, Double> shares,
        Map<String, Counts> faults,
        Map<String, Long> inputs,
        Map<String, LeftOutInputs> leftOut,
        String worstBy,
        List<Map<String, Object>> worst,
        long seed,
        List<Map<String, Object>> random) {

    /** The verdict, by all thresholds. */
    record Verdict(boolean passed, List<CheckedThreshold> thresholds) {}

    /** A threshold and its figure; {@code fail} is the word for the side of the limit that fails. */
    record CheckedThreshold(String name, String fail, double limit, Double found, boolean violated) {}

    /** One of the compared outputs. */
    record Side(
            String name,
            long images,
            long others,
            String firstOthers,
            long withoutValue,
            long replaced,
            long scattered,
            List<String> gaps,
            List<MakerOfPairs> checkpoints) {}

    /** A checkpoint that made some of the pairs; null where it does not say. */
    record MakerOfPairs(String name, String sha256, String trainingRun, Long epoch, String replay, long pairs) {}

    /** The generator that translates outputs back; null without one. */
    record Reverse(String name, String sha256, String direction, long everyNthPair, long pairs) {}

    /** Numbers of each side. */
    record Counts(
            @SerializedName("old") long ofOld,
            @SerializedName("new") long ofNew) {}

    /** Inputs that could not be compared; the list is bounded, the count is not. */
    record LeftOutInputs(long count, List<String> list) {}

    /** A distribution in ranges of one width. */
    record Histogram(double from, double to, List<Long> counts) {}
}
