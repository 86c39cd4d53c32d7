package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeTest {

    @Test
    void wordsOffsetsAndTimesAreToldApart() {
        assertThat(Edge.parse("earliest")).isEqualTo(new Edge.Earliest());
        assertThat(Edge.parse("latest")).isEqualTo(new Edge.Latest());
        assertThat(Edge.parse("now")).isEqualTo(new Edge.Now());
        assertThat(Edge.parse("120")).isEqualTo(new Edge.Offset(120));
        assertThat(Edge.parse("1:80,0:120")).isEqualTo(new Edge.Offsets(Map.of(0, 120L, 1, 80L)));
        assertThat(Edge.parse("2026-05-01T14:00:00+02:00"))
                .isEqualTo(new Edge.Time(Instant.parse("2026-05-01T12:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "now", "0", "120", "0:120,1:80", "2026-05-01T12:00:00.123Z"})
    void whatItSaysIsReadAsTheSame(String text) {
        assertThat(Edge.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "-1",
                "1:",
                ":1",
                "0:1,",
                "0:1,,1:2",
                "1,2",
                "2026-05-01",
                "2026-05-01T12:00:00",
                "99999999999999999999"
            })
    void anythingElseIsRefusedWithItsOption(String text) {
        assertThatThrownBy(() -> Edge.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected earliest, latest, now, an offset")
                .hasMessageEndingWith("found \"" + text + "\"");
    }

    @Test
    void partitionThatIsNamedTwiceIsRefused() {
        assertThatThrownBy(() -> Edge.parse("0:1,0:2")).hasMessage("expected each partition once, found 0 twice");
    }

    @Test
    void onlyWordsChangeTheirMeaning() {
        assertThat(Edge.parse("earliest").isRelative()).isTrue();
        assertThat(Edge.parse("now").isRelative()).isTrue();
        assertThat(Edge.parse("1").isRelative()).isFalse();
        assertThat(Edge.parse("2026-05-01T12:00:00Z").isRelative()).isFalse();
    }
}
