package dev.cyclestream.comparison.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.comparison.measure.Distribution;
import dev.cyclestream.comparison.measure.InputState;
import dev.cyclestream.comparison.measure.Maker;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.Measured;
import dev.cyclestream.comparison.measure.Share;
import dev.cyclestream.comparison.measure.Statistic;
import dev.cyclestream.comparison.measure.Threshold;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.comparison.pairing.SideSummary;
import dev.cyclestream.comparison.pairing.SourcePosition;
import dev.cyclestream.comparison.report.ReportDocument.CheckedThreshold;
import dev.cyclestream.comparison.report.ReportDocument.Counts;
import dev.cyclestream.comparison.report.ReportDocument.Histogram;
import dev.cyclestream.comparison.report.ReportDocument.LeftOutInputs;
import dev.cyclestream.comparison.report.ReportDocument.MakerOfPairs;
import dev.cyclestream.comparison.report.ReportDocument.Reverse;
import dev.cyclestream.comparison.report.ReportDocument.Side;
import dev.cyclestream.comparison.report.ReportDocument.Verdict;
import dev.cyclestream.event.Direction;
import dev.cyclestream.picture.Fault;
import dev.cyclestream.stream.ApplicationVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A comparison for programs: all aggregates, and the pairs that the page shows, without their images. */
final class ReportJson {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().serializeNulls().create();
    private static final int FORMAT_VERSION = 1;
    private static final int RANGES = 100;

    private final ComparisonResult result;

    ReportJson(ComparisonResult result) {
        this.result = result;
    }

    String text() {
        return GSON.toJson(document()) + "\n";
    }

    private ReportDocument document() {
        return new ReportDocument(
                FORMAT_VERSION,
                ApplicationVersion.current(),
                result.pairs(),
                verdict(),
                side(result.sides().ofOld(), result.findings().makers().ofOld()),
                side(result.sides().ofNew(), result.findings().makers().ofNew()),
                reverse(),
                byName(Measure.values(), measure -> figures(result.findings().distribution(measure))),
                byName(Share.values(), share -> number(share.of(result.findings(), result.leftOut()))),
                byName(
                        Fault.values(),
                        fault -> new Counts(
                                result.findings().faults(fault).ofOld(),
                                result.findings().faults(fault).ofNew())),
                byName(InputState.values(), result.findings()::inputs),
                byName(
                        LeftOut.Kind.values(),
                        kind -> new LeftOutInputs(
                                result.leftOut().count(kind), result.leftOut().list(kind))),
                result.settings().shown().worstBy().toString(),
                pairs(result.selected().worst()),
                result.settings().shown().seed(),
                pairs(result.selected().random()));
    }

    private Verdict verdict() {
        return new Verdict(
                result.violations().isEmpty(),
                result.thresholds().stream().map(ReportJson::checked).toList());
    }

    private static CheckedThreshold checked(Threshold.Result checked) {
        Threshold threshold = checked.threshold();
        return new CheckedThreshold(
                threshold.name(),
                threshold.bound().toString(),
                threshold.limit(),
                number(checked.found()),
                checked.isViolated());
    }

    private static Side side(SideSummary summary, Map<Maker, Long> makers) {
        return new Side(
                summary.name(),
                summary.images(),
                summary.others().count(),
                summary.others().first(),
                summary.others().withoutValue(),
                summary.replaced(),
                summary.scattered(),
                summary.gaps(),
                makers.entrySet().stream()
                        .map(made -> maker(made.getKey(), made.getValue()))
                        .toList());
    }

    private static MakerOfPairs maker(Maker maker, long pairs) {
        return new MakerOfPairs(
                maker.checkpoint(),
                maker.sha256(),
                maker.trainingRun().orElse(null),
                maker.epoch().orElse(null),
                maker.replay().orElse(null),
                pairs);
    }

    private Reverse reverse() {
        return new Reverse(
                result.reverse().map(checkpoint -> checkpoint.name()).orElse(null),
                result.reverse().map(checkpoint -> checkpoint.sha256()).orElse(null),
                result.reverse()
                        .flatMap(checkpoint -> checkpoint.direction())
                        .map(Direction::name)
                        .orElse(null),
                result.settings().cycleEvery(),
                result.findings().cycles());
    }

    /** All statistics, and behind them a histogram if the numbers differ. */
    private static Map<String, Object> figures(Distribution distribution) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("count", distribution.count());
        for (Statistic statistic : Statistic.values()) {
            figures.put(statistic.toString(), number(statistic.of(distribution)));
        }
        double from = distribution.min();
        double to = distribution.max();
        if (distribution.count() > 0 && to > from) {
            figures.put("histogram", new Histogram(from, to, distribution.histogram(from, to, RANGES)));
        }
        return figures;
    }

    private static List<Map<String, Object>> pairs(List<Measured> shown) {
        return shown.stream().map(ReportJson::pair).toList();
    }

    /** The source, all measures and all flags of a pair; what earlier versions made names no id of the source topic. */
    private static Map<String, Object> pair(Measured measured) {
        Map<String, Object> pair = new LinkedHashMap<>();
        SourcePosition source = measured.pair().source();
        pair.put("imageId", measured.pair().imageId());
        pair.put("sourceTopic", source.partition().topic());
        source.partition().topicId().ifPresent(id -> pair.put("sourceTopicId", id));
        pair.put("sourcePartition", source.partition().partition());
        pair.put("sourceOffset", source.offset());
        for (Measure measure : Measure.values()) {
            pair.put(measure.toString(), number(measured.figures().get(measure)));
        }
        pair.put("flags", measured.figures().flags());
        return pair;
    }

    private static <K, V> Map<String, V> byName(K[] keys, Function<K, V> value) {
        Map<String, V> values = new LinkedHashMap<>();
        for (K key : keys) {
            values.put(key.toString(), value.apply(key));
        }
        return values;
    }

    /** JSON has no word for NaN. */
    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
