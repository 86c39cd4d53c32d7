package dev.cyclestream.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.trainer.data.PictureFile;
import dev.cyclestream.trainer.report.RunReport.Content;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {

    private static final String HEADER = "step,learning_rate,adversarial_ab,adversarial_ba,cycle_a,cycle_b,"
            + "identity_a,identity_b,discriminator_a,discriminator_b\n";

    @TempDir
    private Path folder;

    @Test
    void rowsBetweenTwoPointsAreAveraged() throws IOException {
        Path file = Files.writeString(folder.resolve("m.csv"), "step,x\n1,1\n2,3\n3,5\n4,7\n5,100\n6,2");
        MetricsTable table = MetricsTable.read(file, 3);
        assertThat(table.steps()).containsExactly(2L, 4L, 6L);
        assertThat(table.columns()).containsOnly(Map.entry("x", List.of(2.0, 6.0, 51.0)));
    }

    @Test
    void lineThatIsStillBeingWrittenIsLeftOut() throws IOException {
        Path file = Files.writeString(folder.resolve("m.csv"), "step,x,y\n1,1,1\n2,3");
        assertThat(MetricsTable.read(file, 10).steps()).containsExactly(1L);
    }

    @Test
    void longRunGivesAPageOfBoundedSize() throws IOException {
        SortedMap<Long, Path> samples = new TreeMap<>();
        for (long step = 1; step <= 100; step++) {
            Path file = folder.resolve(step + ".png");
            PictureFile.writePng(file, new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB));
            samples.put(step, file);
        }
        String page = write(content(100_000, samples, List.of()));
        assertThat(page.length()).isLessThan(500_000);
        assertThat(page.split("<img ", -1)).hasSize(1 + 24);
        assertThat(page).contains("data-step=\"100\"").doesNotContain("data-step=\"1\"");
    }

    @Test
    void furtherLossesArePlottedWhereThereAreAny() throws IOException {
        List<String> plots = List.of("Total variation loss", "Domain classification loss", "Domain classifier loss");
        assertThat(write(content(5, new TreeMap<>(), List.of()))).doesNotContain(plots);
        Path file = Files.writeString(
                folder.resolve("further.csv"),
                HEADER.strip() + ",total_variation_a,total_variation_b"
                        + ",domain_ab,domain_ba,domain_classifier_a,domain_classifier_b\n"
                        + "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n");
        Content without = content(5, new TreeMap<>(), List.of());
        Content with = new Content(
                without.title(),
                without.facts(),
                MetricsTable.read(file, 10),
                without.samples(),
                without.evaluations(),
                without.warnings(),
                without.settings());
        assertThat(write(with)).contains(plots);
    }

    @Test
    void pageHoldsEverythingItself() throws IOException {
        String page = write(content(50, new TreeMap<>(), List.of()));
        assertThat(page)
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("src=\"/")
                .doesNotContain("{{");
        for (String name : List.of("Adversarial", "Cycle", "Identity", "Discriminator", "Learning rate")) {
            assertThat(page).contains("<figcaption>" + name);
        }
        assertThat(page).contains("KID x 1000 (less is better)").doesNotContain("SSIM to the ground truth");
    }

    @Test
    void textOfUsersCannotBecomeMarkup() throws IOException {
        String page = write(content(5, new TreeMap<>(), List.of("Step 1: <script>alert('x')</script>")));
        assertThat(page)
                .contains("&lt;script&gt;alert('x')&lt;/script&gt;")
                .contains("a&amp;b \"quoted\"")
                .doesNotContain("<script>alert");
    }

    @Test
    void titleThatLooksLikeAPlaceIsNotFilled() throws IOException {
        Content content = content(5, new TreeMap<>(), List.of());
        String title = "{{settings}} ${run.title()}";
        Content titled = new Content(
                title,
                content.facts(),
                content.losses(),
                content.samples(),
                content.evaluations(),
                content.warnings(),
                content.settings());
        assertThat(write(titled)).contains("<title>" + title + "</title>", "<h1>" + title + "</h1>");
    }

    private Content content(int steps, SortedMap<Long, Path> samples, List<String> warnings) throws IOException {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int step = 1; step <= steps; step++) {
            csv.append(step)
                    .append(",2e-4")
                    .append(",%.4f".formatted(1.0 / step).repeat(8))
                    .append('\n');
        }
        Path metrics = Files.writeString(folder.resolve("metrics.csv"), csv);
        return new Content(
                "Run <1>",
                Map.of("steps", "50"),
                MetricsTable.read(metrics, 600),
                samples,
                new EvaluationHistory(
                        List.of(10L, 20L),
                        List.of(Map.of("kid_ab", 30.0, "kid_ba", 20.0), Map.of("kid_ab", 9.0, "kid_ba", 8.0))),
                warnings,
                Map.of("--data", "a&b \"quoted\""));
    }

    private String write(Content content) throws IOException {
        Path file = folder.resolve("report.html");
        RunReport.write(file, content);
        return Files.readString(file);
    }
}
