package dev.cyclestream.cli.option;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The defaults from the environment for what no flag says: {@code --bootstrap-servers} from
 * {@code CYCLESTREAM_BOOTSTRAP_SERVERS}. The order is default, environment, flag; the later wins.
 */
public final class EnvironmentDefaults implements IDefaultValueProvider {

    private static final String PREFIX = "CYCLESTREAM_";

    /**
     * Properties of Kafka's clients, the image that compose takes, and what Kubernetes sets in pods beside a service whose name
     * begins with ours.
     */
    private static final Pattern OTHERS = Pattern.compile(
            PREFIX + "(KAFKA_.*|IMAGE|(.*_)?SERVICE_(HOST|PORT(_.*)?)|(.*_)?PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)");

    private static final Pattern SERVICE = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, String> environment;

    public EnvironmentDefaults(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!argument.isOption()) {
            return null; // picocli's word for "no default"
        }
        return environment.get(variable(((OptionSpec) argument).longestName()));
    }

    /** Names that begin as those of options do, and are none of these; nobody would notice that they do nothing. */
    Set<String> unknown(Collection<String> options) {
        Set<String> known = options.stream().map(EnvironmentDefaults::variable).collect(Collectors.toSet());
        return environment.entrySet().stream()
                .filter(variable -> !SERVICE.matcher(variable.getValue()).matches())
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .filter(name -> !OTHERS.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public static String variable(String option) {
        return PREFIX + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
