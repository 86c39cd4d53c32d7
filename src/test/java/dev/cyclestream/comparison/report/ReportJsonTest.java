package dev.cyclestream.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.cyclestream.comparison.ComparisonResult;
import dev.cyclestream.comparison.ComparisonSettings;
import dev.cyclestream.comparison.measure.Findings;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.Measured;
import dev.cyclestream.comparison.measure.SelectedPairs;
import dev.cyclestream.comparison.measure.ShownPairs;
import dev.cyclestream.comparison.measure.TestPictures;
import dev.cyclestream.comparison.measure.Threshold;
import dev.cyclestream.comparison.measure.Threshold.Bound;
import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.comparison.pairing.SideSummary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportJsonTest {

    private static final int PAIRS = 7;
    private static final ShownPairs SHOWN = new ShownPairs(Measure.SSIM, 5, 5, 1);

    private final Findings findings = new Findings();
    private final LeftOut leftOut = new LeftOut();
    private final SelectedPairs selected = new SelectedPairs(SHOWN);

    /** Programs read it: its keys, their order and the form of its numbers stay. */
    @Test
    void documentIsAsReadersKnowIt() {
        for (int i = 0; i < PAIRS; i++) {
            String imageId = i == 1 ? "<b>&'\"\u00e9\u2028" : "image-" + i + ".png";
            Measured measured = TestPictures.measured(i, 0.2 + 0.1 * i, imageId);
            findings.add(measured);
            selected.offer(measured);
        }
        leftOut.add(LeftOut.Kind.ONLY_NEW, TestPictures.source(8));
        leftOut.add(LeftOut.Kind.ONLY_NEW, TestPictures.source(9));
        leftOut.add(LeftOut.Kind.ONLY_OLD, "<x>");
        JsonObject report =
                JsonParser.parseString(new ReportJson(result()).text()).getAsJsonObject();
        assertThat(report.keySet())
                .containsExactly(
                        "formatVersion",
                        "applicationVersion",
                        "pairs",
                        "verdict",
                        "old",
                        "new",
                        "reverse",
                        "measures",
                        "shares",
                        "faults",
                        "inputs",
                        "leftOut",
                        "worstBy",
                        "worst",
                        "seed",
                        "random");
        assertThat(report.get("formatVersion")).isEqualTo(new JsonPrimitive(1));
        assertThat(report.get("pairs")).isEqualTo(new JsonPrimitive(PAIRS));
        assertThat(report.get("worstBy")).isEqualTo(new JsonPrimitive("ssim"));
        assertThat(report.getAsJsonArray("worst")).hasSize(5);
        assertVerdict(report.getAsJsonObject("verdict"));
        assertSides(report);
        assertPairs(report);
        assertThat(report.getAsJsonObject("reverse"))
                .isEqualTo(json("{name: null, sha256: null, direction: null, everyNthPair: 1, pairs: 0}"));
        assertThat(report.getAsJsonObject("leftOut").getAsJsonObject("only-old"))
                .isEqualTo(json("{count: 1, list: ['<x>']}"));
    }

    private static void assertVerdict(JsonObject verdict) {
        assertThat(verdict).isEqualTo(json("""
                                {passed: false, thresholds: [
                                  {name: ssim, fail: below, limit: 0.6, found: 0.5, violated: true},
                                  {name: cycle-change, fail: above, limit: 0.02, found: null, violated: true}]}"""));
    }

    private static void assertSides(JsonObject report) {
        JsonObject newer = report.getAsJsonObject("new");
        assertThat(newer.keySet())
                .containsExactly(
                        "name",
                        "images",
                        "others",
                        "firstOthers",
                        "withoutValue",
                        "replaced",
                        "scattered",
                        "gaps",
                        "checkpoints");
        newer.remove("checkpoints");
        assertThat(newer).isEqualTo(json("""
                                {name: translated.b.new, images: 2, others: 3, firstOthers: 'partition 0 offset 3: x',
                                 withoutValue: 1, replaced: 4, scattered: 5,
                                 gaps: ['replay spring: it is not <complete>']}"""));
        JsonObject maker = report.getAsJsonObject("old")
                .getAsJsonArray("checkpoints")
                .get(0)
                .getAsJsonObject();
        assertThat(maker.keySet()).containsExactly("name", "sha256", "trainingRun", "epoch", "replay", "pairs");
        assertThat(maker.get("pairs")).isEqualTo(new JsonPrimitive(PAIRS));
    }

    private static void assertPairs(JsonObject report) {
        JsonObject pair = report.getAsJsonArray("worst").get(1).getAsJsonObject();
        assertThat(pair.keySet())
                .containsExactly(
                        "imageId",
                        "sourceTopic",
                        "sourcePartition",
                        "sourceOffset",
                        "ssim",
                        "l1",
                        "cycle-old",
                        "cycle-new",
                        "cycle-change",
                        "flags");
        assertThat(pair.get("imageId").getAsString()).isEqualTo("<b>&'\"\u00e9\u2028");
        assertThat(pair.get("sourceOffset")).isEqualTo(new JsonPrimitive(1));
        assertThat(pair.get("cycle-new")).isEqualTo(JsonNull.INSTANCE);
        JsonObject ssim = report.getAsJsonObject("measures").getAsJsonObject("ssim");
        assertThat(ssim.keySet()).startsWith("count", "mean").endsWith("histogram");
        assertThat(ssim.getAsJsonObject("histogram").keySet()).containsExactly("from", "to", "counts");
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private ComparisonResult result() {
        SideSummary old = new SideSummary("translated.b", 2, SideSummary.Others.NONE, 0, 0, List.of());
        SideSummary newer = new SideSummary(
                "translated.b.new",
                2,
                new SideSummary.Others(3, 1, "partition 0 offset 3: x"),
                4,
                5,
                List.of("replay spring: it is not <complete>"));
        List<Threshold> thresholds =
                List.of(Threshold.parse(Bound.BELOW, "ssim=0.6"), Threshold.parse(Bound.ABOVE, "cycle-change=0.02"));
        return ComparisonResult.judged(
                new Both<>(old, newer),
                findings,
                leftOut,
                selected,
                new ComparisonSettings(SHOWN, 1, thresholds, 1),
                Optional.empty());
    }
}
