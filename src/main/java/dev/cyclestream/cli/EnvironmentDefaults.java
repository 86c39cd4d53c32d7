package dev.cyclestream.cli;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes what no flag says from the environment: {@code --bootstrap-servers} from {@code CYCLESTREAM_BOOTSTRAP_SERVERS}.
 * The order is default, environment, flag; the later wins.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private static final String PREFIX = "CYCLESTREAM_";

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!argument.isOption()) {
            return null; // picocli's word for "no default"
        }
        return environment.get(variable(((OptionSpec) argument).longestName()));
    }

    static String variable(String option) {
        return PREFIX + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
