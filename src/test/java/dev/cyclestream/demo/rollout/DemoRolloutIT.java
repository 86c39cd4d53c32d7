package dev.cyclestream.demo.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.demo.Demo.DemoProgress;
import dev.cyclestream.demo.DemoPicture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DemoRolloutIT {

    private static final Pattern LANE = Pattern.compile("<div class=\"lane\">.*");
    private static final Pattern PAIR =
            Pattern.compile("<article>.*by-one\">stable</figcaption>.*by-two\">candidate</figcaption>.*</article>");

    @TempDir
    private Path output;

    @Test
    void eachPartitionGoesOverAtItsOwnOffsetAndThePageShowsIt() throws Exception {
        RolloutDemo.Result result = new RolloutDemo(DemoPicture.draw(24, 3), output, new Silence()).run();

        assertThat(result.deadLetters()).isZero();
        assertThat(result.results()).isGreaterThanOrEqualTo(64);
        assertThat(result.switching())
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).matches("split [12] .* held in all partitions [0-9.]+ s after .*"));
        String page = Files.readString(result.page());
        assertThat(result.page()).isEqualTo(output.resolve("rollout.html"));
        assertThat(page).contains("a-to-b.onnx", "a-to-b-recoloured.onnx", "for demonstration only", "data:image/png");
        assertThat(LANE.matcher(page).results())
                .hasSize(4)
                .allSatisfy(lane -> assertThat(lane.group())
                        .containsPattern("split 1<b>offset \\d+</b>.*split 2<b>offset \\d+</b>"));
        assertThat(PAIR.matcher(page).results()).isNotEmpty();
    }

    @Test
    void pictureThatCannotBeReadIsADeadLetterAndTheOthersGoOn() throws Exception {
        Path images = Files.createDirectories(output.resolve("pictures"));
        Files.writeString(images.resolve("broken.png"), "this is no picture");
        Files.write(images.resolve("apple.png"), DemoPicture.draw(1, 1).get(0).encoded());

        RolloutDemo.Result result =
                new RolloutDemo(DemoPicture.read(images, 64), output.resolve("page"), new Silence()).run();

        assertThat(result.deadLetters()).isPositive();
        Matcher lanes = LANE.matcher(Files.readString(result.page()));
        assertThat(lanes.results())
                .singleElement()
                .satisfies(lane -> assertThat(lane.group()).contains("split 1", "split 2"));
    }

    private static final class Silence implements DemoProgress {
        @Override
        public void done(String part) {}

        @Override
        public void translated(int count, int all) {}
    }
}
