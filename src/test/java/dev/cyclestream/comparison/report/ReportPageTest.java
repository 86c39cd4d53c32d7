package dev.cyclestream.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.cyclestream.gallery.ShownImage;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {

    private static final String HOSTILE = "<script>alert(1)</script>{{title}}\"'";

    @TempDir
    private Path folder;

    private final Findings findings = new Findings();
    private final LeftOut leftOut = new LeftOut();
    private final SelectedPairs selected = new SelectedPairs(new ShownPairs(Measure.SSIM, 5, 5, 1));

    @Test
    void pageShowsPairsAndVerdict() throws IOException {
        add(0, 0.2, "first.png");
        add(1, 0.9, "second.png");
        leftOut.add(LeftOut.Kind.ONLY_NEW, TestPictures.source(8));
        leftOut.add(LeftOut.Kind.ONLY_NEW, TestPictures.source(9));
        String page = write(Threshold.parse(Bound.BELOW, "ssim=0.6"));
        assertThat(page)
                .contains("failed: 1 of 1 thresholds", "images.a partition 0 offsets 8 to 9", "no input", "new-blank")
                .contains("translated.b.new: replay spring: it is not &lt;complete&gt;")
                .containsSubsequence("first.png", "second.png");
        assertThat(count(page, "<article ")).isEqualTo(4);
        assertThat(count(page, "src=\"data:image/png;base64,")).isEqualTo(8);
    }

    @Test
    void whatStrangersWroteStaysText() throws IOException {
        add(0, 0.2, HOSTILE);
        leftOut.add(LeftOut.Kind.ONLY_OLD, HOSTILE);
        String page = write();
        assertThat(page).doesNotContain("<script>alert");
        assertThat(count(page, "&lt;script&gt;alert\\(1\\)&lt;/script&gt;\\{\\{title}}\"'"))
                .isEqualTo(3);
    }

    @Test
    void pageLoadsNothing() throws IOException {
        add(0, 0.2, "x");
        assertThat(write()).contains("default-src 'none'").doesNotContain("http:", "https:", "url(", "@import");
    }

    @Test
    void withoutPairsThereIsStillAPage() throws IOException {
        assertThat(write(Threshold.parse(Bound.BELOW, "ssim=0")))
                .contains("There are no pairs.", "failed: 1 of 1 thresholds");
        JsonObject data = JsonParser.parseString(Files.readString(folder.resolve("report.json")))
                .getAsJsonObject();
        assertThat(data.getAsJsonObject("verdict").get("passed").getAsBoolean()).isFalse();
        assertThat(data.getAsJsonObject("measures")
                        .getAsJsonObject("ssim")
                        .get("mean")
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void dataHoldAggregatesAndPairs() throws IOException {
        add(0, 0.25, "first.png");
        add(1, 0.75, "second.png");
        write(Threshold.parse(Bound.BELOW, "ssim=0.5"));
        JsonObject data = JsonParser.parseString(Files.readString(folder.resolve("report.json")))
                .getAsJsonObject();
        assertThat(data.getAsJsonObject("verdict").get("passed").getAsBoolean()).isTrue();
        assertThat(data.getAsJsonObject("new").getAsJsonArray("gaps"))
                .containsExactly(new JsonPrimitive("replay spring: it is not <complete>"));
        JsonObject ssim = data.getAsJsonObject("measures").getAsJsonObject("ssim");
        assertThat(ssim.get("mean").getAsDouble()).isEqualTo(0.5);
        assertThat(ssim.getAsJsonObject("histogram").getAsJsonArray("counts")).hasSize(100);
        JsonObject worst = data.getAsJsonArray("worst").get(0).getAsJsonObject();
        assertThat(worst.get("imageId").getAsString()).isEqualTo("first.png");
        assertThat(worst.get("sourceOffset").getAsLong()).isZero();
        assertThat(worst.getAsJsonArray("flags")).hasSize(2);
        assertThat(data.getAsJsonObject("old")
                        .getAsJsonArray("checkpoints")
                        .get(0)
                        .getAsJsonObject()
                        .get("pairs")
                        .getAsLong())
                .isEqualTo(2);
    }

    @Test
    void largePicturesAreShrunkAndOddOnesMadeVisible() {
        byte[] large = TestPictures.png(TestPictures.noise(900, 600, 1));
        assertThat(ShownImage.of(large).forPage().decode().width()).isEqualTo(512);
        byte[] tiff = new ImageEncoder(1)
                .encode(TestPictures.noise(40, 30, 1), ImageFormat.TIFF)
                .toBytes();
        assertThat(ShownImage.of(tiff).forPage().dataUri()).startsWith("data:image/jpeg;base64,");
        byte[] small = TestPictures.png(TestPictures.noise(40, 30, 1));
        assertThat(ShownImage.of(small).forPage().hasBytesOf(ShownImage.of(small)))
                .isTrue();
    }

    private void add(long number, double ssim, String imageId) {
        Measured measured = TestPictures.measured(number, ssim, imageId);
        findings.add(measured);
        selected.offer(measured);
    }

    private String write(Threshold... thresholds) throws IOException {
        SideSummary old = new SideSummary("translated.b", 2, SideSummary.Others.NONE, 0, 0, List.of());
        SideSummary newer = new SideSummary(
                "translated.b.new", 2, SideSummary.Others.NONE, 0, 0, List.of("replay spring: it is not <complete>"));
        ComparisonResult result = ComparisonResult.judged(
                new Both<>(old, newer),
                findings,
                leftOut,
                selected,
                new ComparisonSettings(new ShownPairs(Measure.SSIM, 5, 5, 1), 1, List.of(thresholds), 1),
                Optional.empty());
        return Files.readString(new ReportFolder(folder).write(result));
    }

    private static long count(String page, String pattern) {
        return Pattern.compile(pattern).matcher(page).results().count();
    }
}
