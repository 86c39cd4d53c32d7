package dev.cyclestream.demo.rollout;

import static dev.cyclestream.demo.rollout.MadeImages.CANDIDATE_ID;
import static dev.cyclestream.demo.rollout.MadeImages.NEW;
import static dev.cyclestream.demo.rollout.MadeImages.OLD;
import static dev.cyclestream.demo.rollout.MadeImages.at;
import static dev.cyclestream.demo.rollout.MadeImages.before;
import static dev.cyclestream.demo.rollout.MadeImages.made;
import static dev.cyclestream.demo.rollout.MadeImages.showing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.page.Fact;
import dev.cyclestream.page.RolloutReport;
import dev.cyclestream.page.RolloutReport.Pair;
import dev.cyclestream.page.Table;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutPageTest {

    private final List<DemoPicture> pictures = DemoPicture.draw(24, 1);
    private final DemoPicture input = pictures.stream()
            .filter(picture -> MadeImages.role(picture.id()).equals("stable"))
            .findFirst()
            .orElseThrow();
    private final byte[] stable = DemoPicture.draw(2, 2).get(0).encoded();
    private final byte[] candidate = DemoPicture.draw(2, 2).get(1).encoded();

    private final RolloutPage page = new RolloutPage(new RolledOut(
            pictures,
            MadeImages.decisions(),
            List.of(
                    at(before(CANDIDATE_ID, 0, 1), -1),
                    at(showing(made(input.id(), 0, 2, 1, "stable", OLD), stable), 1.5),
                    at(made(CANDIDATE_ID, 0, 3, 1, "candidate", NEW), 2),
                    at(made(CANDIDATE_ID, 0, 4, 2, "stable", NEW), 10.5)),
            List.of(showing(made(input.id(), 0, 2, 1, "shadow", NEW), candidate)),
            0));

    @Test
    void pictureOfTheCandidateIsBesideThatOfTheStableOne() {
        RolloutReport report = page.report();

        assertThat(report.pairs())
                .containsExactly(new Pair(
                        input.id(), "partition 0, offset 2", uri(input.encoded()), uri(stable), uri(candidate)));
    }

    @Test
    void figuresAreOfThePhasesAndOfTheSwitches() {
        assertThat(page.report().facts())
                .containsExactly(
                        new Fact("1", "images before the roll-out"),
                        new Fact("2", "during the trial"),
                        new Fact("1", "after the promotion"),
                        new Fact("1.5 s", "from the candidate's announcement to the last partition"),
                        new Fact("0.5 s", "from the promotion's"),
                        new Fact("8.5 s", "longest gap between results"));
    }

    @Test
    void splitsSayWhoAnnouncedThemAndWhen() {
        assertThat(page.report().splits().rows())
                .extracting(Table.Row::cells)
                .containsExactly(
                        List.of(
                                "1",
                                "start",
                                "2026-01-01 00:00:00 UTC",
                                "tester@here",
                                "old.onnx (aaaaaaaaaaaa)",
                                "new.onnx (bbbbbbbbbbbb), 50 % of the keys and the shadow",
                                "1.5 s"),
                        List.of(
                                "2",
                                "promote",
                                "2026-01-01 00:00:10 UTC",
                                "tester@here",
                                "new.onnx (bbbbbbbbbbbb)",
                                "none",
                                "0.5 s"));
    }

    @Test
    void stepsAreToldInALineEach() {
        assertThat(page.switching())
                .containsExactly(
                        "split 1 (start) held in all partitions 1.5 s after its announcement",
                        "split 2 (promote) held in all partitions 0.5 s after its announcement");
    }

    private static String uri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
