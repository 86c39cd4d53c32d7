package dev.cyclestream.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentVariableTest {

    @Test
    void nativeLibrariesFindWhatWasSet() {
        assertThat(found("CYCLESTREAM_TEST_VARIABLE")).isNull();
        assertThat(new EnvironmentVariable("CYCLESTREAM_TEST_VARIABLE", "1").setUnlessGiven())
                .isTrue();
        assertThat(found("CYCLESTREAM_TEST_VARIABLE")).isEqualTo("1");
    }

    @Test
    void whatWasGivenStays() {
        Map.Entry<String, String> given = System.getenv().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(new EnvironmentVariable(given.getKey(), given.getValue() + "other").setUnlessGiven())
                .isFalse();
        assertThat(new EnvironmentVariable(given.getKey(), given.getValue()).setUnlessGiven())
                .isTrue();
        assertThat(found(given.getKey())).isEqualTo(given.getValue());
    }

    private static String found(String name) {
        return Function.getFunction(Platform.C_LIBRARY_NAME, "getenv").invokeString(new Object[] {name}, false);
    }
}
