package dev.cyclestream.comparison.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.comparison.measure.Distribution;
import dev.cyclestream.comparison.measure.InputState;
import dev.cyclestream.comparison.measure.MadeBy;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.Measured;
import dev.cyclestream.comparison.measure.Share;
import dev.cyclestream.comparison.measure.Statistic;
import dev.cyclestream.comparison.measure.Threshold;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.comparison.pairing.SideSummary;
import dev.cyclestream.comparison.pairing.SourcePosition;
import dev.cyclestream.event.Direction;
import dev.cyclestream.picture.Fault;
import dev.cyclestream.stream.ApplicationVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
        JsonObject report = new JsonObject();
        report.addProperty("formatVersion", FORMAT_VERSION);
        report.addProperty("applicationVersion", ApplicationVersion.current());
        report.addProperty("pairs", result.pairs());
        report.add("verdict", verdict());
        report.add(
                "old", side(result.sides().ofOld(), result.findings().madeBy().ofOld()));
        report.add(
                "new", side(result.sides().ofNew(), result.findings().madeBy().ofNew()));
        report.add("reverse", reverse());
        report.add("measures", measures());
        report.add("shares", shares());
        report.add("faults", faults());
        report.add("inputs", inputs());
        report.add("leftOut", leftOut());
        report.addProperty("worstBy", result.settings().shown().worstBy().toString());
        report.add("worst", pairs(result.exhibits().worst()));
        report.addProperty("seed", result.settings().shown().seed());
        report.add("random", pairs(result.exhibits().random()));
        return GSON.toJson(report) + "\n";
    }

    private JsonObject verdict() {
        JsonObject verdict = new JsonObject();
        verdict.addProperty("passed", result.violations().isEmpty());
        JsonArray thresholds = new JsonArray();
        for (Threshold.Result checked : result.thresholds()) {
            JsonObject threshold = new JsonObject();
            threshold.addProperty("name", checked.threshold().name());
            threshold.addProperty("fail", checked.threshold().bound().toString());
            threshold.addProperty("limit", checked.threshold().limit());
            add(threshold, "found", checked.found());
            threshold.addProperty("violated", checked.isViolated());
            thresholds.add(threshold);
        }
        verdict.add("thresholds", thresholds);
        return verdict;
    }

    private static JsonObject side(SideSummary summary, Map<MadeBy, Long> madeBy) {
        JsonObject side = new JsonObject();
        side.addProperty("name", summary.name());
        side.addProperty("images", summary.images());
        side.addProperty("others", summary.others().count());
        side.addProperty("firstOthers", summary.others().first());
        side.addProperty("withoutValue", summary.others().withoutValue());
        side.addProperty("replaced", summary.replaced());
        side.addProperty("scattered", summary.scattered());
        JsonArray gaps = new JsonArray();
        summary.gaps().forEach(gaps::add);
        side.add("gaps", gaps);
        JsonArray checkpoints = new JsonArray();
        madeBy.forEach((maker, count) -> {
            JsonObject checkpoint = new JsonObject();
            checkpoint.addProperty("name", maker.checkpoint());
            checkpoint.addProperty("sha256", maker.sha256());
            checkpoint.addProperty("trainingRun", maker.trainingRun().orElse(null));
            checkpoint.addProperty("epoch", maker.epoch().orElse(null));
            checkpoint.addProperty("replay", maker.replay().orElse(null));
            checkpoint.addProperty("pairs", count);
            checkpoints.add(checkpoint);
        });
        side.add("checkpoints", checkpoints);
        return side;
    }

    private JsonObject reverse() {
        JsonObject reverse = new JsonObject();
        reverse.addProperty(
                "name", result.reverse().map(checkpoint -> checkpoint.name()).orElse(null));
        reverse.addProperty(
                "sha256",
                result.reverse().map(checkpoint -> checkpoint.sha256()).orElse(null));
        reverse.addProperty(
                "direction",
                result.reverse()
                        .flatMap(checkpoint -> checkpoint.direction())
                        .map(Direction::name)
                        .orElse(null));
        reverse.addProperty("everyNthPair", result.settings().cycleEvery());
        reverse.addProperty("pairs", result.findings().cycles());
        return reverse;
    }

    private JsonObject measures() {
        JsonObject measures = new JsonObject();
        for (Measure measure : Measure.values()) {
            Distribution distribution = result.findings().distribution(measure);
            JsonObject figures = new JsonObject();
            figures.addProperty("count", distribution.count());
            for (Statistic statistic : Statistic.values()) {
                add(figures, statistic.toString(), statistic.of(distribution));
            }
            if (distribution.count() > 0 && distribution.max() > distribution.min()) {
                JsonObject histogram = new JsonObject();
                histogram.addProperty("from", distribution.min());
                histogram.addProperty("to", distribution.max());
                JsonArray counts = new JsonArray();
                distribution
                        .histogram(distribution.min(), distribution.max(), RANGES)
                        .forEach(counts::add);
                histogram.add("counts", counts);
                figures.add("histogram", histogram);
            }
            measures.add(measure.toString(), figures);
        }
        return measures;
    }

    private JsonObject shares() {
        JsonObject shares = new JsonObject();
        for (Share share : Share.values()) {
            add(shares, share.toString(), share.of(result.findings(), result.leftOut()));
        }
        return shares;
    }

    private JsonObject faults() {
        JsonObject faults = new JsonObject();
        for (Fault fault : Fault.values()) {
            JsonObject counts = new JsonObject();
            counts.addProperty("old", result.findings().faults(fault).ofOld());
            counts.addProperty("new", result.findings().faults(fault).ofNew());
            faults.add(fault.toString(), counts);
        }
        return faults;
    }

    private JsonObject inputs() {
        JsonObject inputs = new JsonObject();
        for (InputState state : InputState.values()) {
            inputs.addProperty(state.toString(), result.findings().inputs(state));
        }
        return inputs;
    }

    private JsonObject leftOut() {
        JsonObject leftOut = new JsonObject();
        for (LeftOut.Kind kind : LeftOut.Kind.values()) {
            JsonObject one = new JsonObject();
            one.addProperty("count", result.leftOut().count(kind));
            JsonArray list = new JsonArray();
            result.leftOut().list(kind).forEach(list::add);
            one.add("list", list);
            leftOut.add(kind.toString(), one);
        }
        return leftOut;
    }

    private static JsonArray pairs(List<Measured> shown) {
        JsonArray pairs = new JsonArray();
        for (Measured measured : shown) {
            JsonObject pair = new JsonObject();
            SourcePosition source = measured.pair().source();
            pair.addProperty("imageId", measured.pair().imageId());
            pair.addProperty("sourceTopic", source.partition().topic());
            source.partition().topicId().ifPresent(id -> pair.addProperty("sourceTopicId", id));
            pair.addProperty("sourcePartition", source.partition().partition());
            pair.addProperty("sourceOffset", source.offset());
            Arrays.stream(Measure.values())
                    .forEach(measure ->
                            add(pair, measure.toString(), measured.figures().get(measure)));
            JsonArray flags = new JsonArray();
            measured.figures().flags().forEach(flags::add);
            pair.add("flags", flags);
            pairs.add(pair);
        }
        return pairs;
    }

    /** JSON has no word for what is not a number. */
    private static void add(JsonObject object, String name, double value) {
        object.add(name, Double.isNaN(value) ? JsonNull.INSTANCE : new JsonPrimitive(value));
    }
}
