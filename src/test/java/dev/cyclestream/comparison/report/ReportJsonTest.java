package dev.cyclestream.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.cyclestream.stream.ApplicationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    void documentIsAsReadersKnowIt() throws IOException {
        for (int i = 0; i < PAIRS; i++) {
            String imageId = i == 1 ? "<b>&'\"\u00e9\u2028" : "image-" + i + ".png";
            Measured measured = TestPictures.measured(i, 0.2 + 0.7 * i / PAIRS, imageId);
            findings.add(measured);
            selected.offer(measured);
        }
        leftOut.add(LeftOut.Kind.ONLY_NEW, TestPictures.source(8));
        leftOut.add(LeftOut.Kind.ONLY_NEW, TestPictures.source(9));
        leftOut.add(LeftOut.Kind.ONLY_OLD, "<x>");
        assertThat(new ReportJson(result()).text())
                .isEqualTo(known().replace("\"VERSION\"", "\"" + ApplicationVersion.current() + "\""));
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

    private static String known() throws IOException {
        try (InputStream file = ReportJsonTest.class.getResourceAsStream("report.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
