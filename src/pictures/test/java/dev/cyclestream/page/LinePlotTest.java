package dev.cyclestream.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LinePlotTest {

    private static final Pattern TICK = Pattern.compile("text-anchor=\"end\">([^<]*)<");
    private static final Pattern LINE = Pattern.compile("<polyline class=\"line-1\" points=\"([^\"]*)\"");

    @Test
    void constantIsHeldAgainstZero() {
        String plot = plot(0.0002, 0.0002);
        List<String> ticks = ticks(plot);
        assertThat(ticks).startsWith("0").endsWith("0.0002").doesNotHaveDuplicates();
        assertThat(heights(plot))
                .as("at the top, level")
                .containsOnly(heights(plot(0, 1)).get(1));
    }

    @Test
    void changeFillsTheHeight() {
        assertThat(ticks(plot(-10, 30))).startsWith("-10").endsWith("30");
    }

    private static String plot(double first, double last) {
        return new LinePlot("Rate", List.of(1L, 2L))
                .line("rate", List.of(first, last))
                .svg();
    }

    private static List<String> ticks(String plot) {
        return TICK.matcher(plot).results().map(tick -> tick.group(1)).toList();
    }

    /** Where the line is at each step, from above. */
    private static List<String> heights(String plot) {
        String points =
                LINE.matcher(plot).results().map(MatchResult::group).findFirst().orElseThrow();
        return Pattern.compile(",([\\d.]+)")
                .matcher(points)
                .results()
                .map(point -> point.group(1))
                .toList();
    }
}
