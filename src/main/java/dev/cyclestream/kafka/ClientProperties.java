package dev.cyclestream.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The properties by which clients prove who they are and whom they trust: Kafka's own names for brokers, and the registry
 * client's behind {@code schema.registry.}. Only names that are known are taken: others could load classes, or change what this
 * application relies on.
 */
public final class ClientProperties {

    private static final String REGISTRY = "schema.registry.";
    private static final Pattern SSL = Pattern.compile("ssl\\.(protocol|enabled\\.protocols|cipher\\.suites"
            + "|endpoint\\.identification\\.algorithm|key\\.password"
            + "|(truststore|keystore)\\.(location|password|type|certificates)"
            + "|keystore\\.(key|certificate\\.chain))");
    private static final Pattern KAFKA = Pattern.compile("security\\.protocol|sasl\\.mechanism|sasl\\.jaas\\.config"
            + "|client\\.(id|rack|dns\\.lookup)|(request|socket\\.connection\\.setup)\\.timeout(\\.max)?\\.ms|" + SSL);
    private static final Pattern REGISTRY_CLIENT =
            Pattern.compile("basic\\.auth\\.user\\.info|bearer\\.auth\\.token|" + SSL);
    private static final Pattern LOGIN_MODULE = Pattern.compile("\\s*([\\w.]+)\\s");
    private static final Pattern KNOWN_LOGIN_MODULE =
            Pattern.compile("org\\.apache\\.kafka\\.common\\.security\\.(plain\\.Plain|scram\\.Scram)LoginModule");
    private static final Pattern SECRET = Pattern.compile("password|jaas|token|user\\.info|keystore\\.key");
    private static final String MASK = "****";

    private final Map<String, String> kafka = new TreeMap<>();
    private final Map<String, String> registry = new TreeMap<>();

    private ClientProperties() {}

    /** Nothing to prove, and no encryption. */
    public static ClientProperties none() {
        return new ClientProperties();
    }

    /**
     * Takes properties over.
     *
     * @param given by Kafka's names, and the registry client's behind {@code schema.registry.}
     * @throws IllegalArgumentException if a name is not known, or a login module is not one of Kafka's own
     */
    public static ClientProperties of(Map<String, String> given) {
        ClientProperties properties = new ClientProperties();
        given.forEach(properties::put);
        return properties;
    }

    private void put(String name, String value) {
        if (name.startsWith(REGISTRY)) {
            putRegistry(name.substring(REGISTRY.length()), value);
        } else if (KAFKA.matcher(name).matches()) {
            if (name.equals("sasl.jaas.config")) {
                requireKnownLoginModule(value);
            }
            kafka.put(name, value);
        } else {
            throw unknown(name);
        }
    }

    private void putRegistry(String name, String value) {
        if (!REGISTRY_CLIENT.matcher(name).matches()) {
            throw unknown(REGISTRY + name);
        }
        if (name.equals("basic.auth.user.info")) {
            registry.put("basic.auth.credentials.source", "USER_INFO");
        } else if (name.equals("bearer.auth.token")) {
            registry.put("bearer.auth.credentials.source", "STATIC_TOKEN");
        }
        registry.put(name.startsWith("ssl.") ? REGISTRY + name : name, value);
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException(
                "expected security.protocol, sasl.mechanism, sasl.jaas.config, ssl.*, client.*, or behind schema.registry. basic.auth.user.info, bearer.auth.token, ssl.*, found \"%s\""
                        .formatted(name));
    }

    private static void requireKnownLoginModule(String jaas) {
        Matcher module = LOGIN_MODULE.matcher(jaas + " ");
        String found = module.lookingAt() ? module.group(1) : "none";
        if (!KNOWN_LOGIN_MODULE.matcher(found).matches()) {
            String said = found.endsWith("LoginModule") ? found : "none"; // anything else may be a password
            throw new IllegalArgumentException(
                    "sasl.jaas.config: expected Kafka's PlainLoginModule or ScramLoginModule, found " + said);
        }
    }

    Map<String, String> kafka() {
        return Map.copyOf(kafka);
    }

    Map<String, String> registry() {
        return Map.copyOf(registry);
    }

    /** All of it, secrets masked. */
    @Override
    public String toString() {
        Map<String, String> all = new LinkedHashMap<>(kafka);
        registry.forEach((name, value) -> all.put(name.startsWith(REGISTRY) ? name : REGISTRY + name, value));
        return all.entrySet().stream()
                .map(property -> property.getKey() + "="
                        + (SECRET.matcher(property.getKey()).find() ? MASK : property.getValue()))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
