package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class OptionsTest {

    @Command
    private static final class Sample {
        @Option(names = "--some-value", defaultValue = "from default")
        private String someValue;
    }

    @Test
    void defaultGivesWayToEnvironmentAndThatToFlag() {
        assertThat(parse(Map.of())).isEqualTo("from default");
        assertThat(parse(Map.of("CYCLESTREAM_SOME_VALUE", "from environment"))).isEqualTo("from environment");
        assertThat(parse(Map.of("CYCLESTREAM_SOME_VALUE", "from environment"), "--some-value", "from flag"))
                .isEqualTo("from flag");
    }

    @Test
    void sizesAreReadWithTheirUnits() {
        assertThat(ByteSize.parse("8MiB").bytes()).isEqualTo(8 * 1024 * 1024);
        assertThat(ByteSize.parse("3KiB").bytes()).isEqualTo(3072);
        assertThat(ByteSize.parse("100B").bytes()).isEqualTo(100);
        assertThat(ByteSize.parse("40GiB").bytes()).isEqualTo(40L << 30);
        assertThat(ByteSize.parse("2047MiB").asLength("--some-size")).isEqualTo(2047 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "MiB", "8MB", "-1MiB", "1.5MiB", ""})
    void otherSizesAreRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(CommandLine.TypeConversionException.class);
    }

    @Test
    void moreThanJavaCanHoldIsRefusedByName() {
        assertThatThrownBy(() -> ByteSize.parse("2GiB").asLength("--some-size"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--some-size: expected less than 2048MiB, found 2147483648 bytes");
    }

    private static String parse(Map<String, String> environment, String... arguments) {
        Sample sample = new Sample();
        new CommandLine(sample)
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .parseArgs(arguments);
        return sample.someValue;
    }
}
