package dev.cyclestream.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
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

    private static String parse(Map<String, String> environment, String... arguments) {
        Sample sample = new Sample();
        new CommandLine(sample)
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .parseArgs(arguments);
        return sample.someValue;
    }
}
