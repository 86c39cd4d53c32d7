package dev.cyclestream.event;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;

/**
 * Asks a schema registry, patiently, and says of each failure what it means; see {@link RegistryFailure}. User and password of
 * the URL go where those of the properties are, so that no message holds them.
 */
final class RegistryAccess {

    /** A question ends well before a transaction does, in which a stream thread may ask it. */
    private static final Map<String, Object> LIMITS = Map.of(
            SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, 2000,
            SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, 5000,
            SchemaRegistryClientConfig.MAX_RETRIES_CONFIG, 0);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final List<String> urls = new ArrayList<>();
    private final RegistryWatch watch = new RegistryWatch();
    private final Set<List<Object>> known = ConcurrentHashMap.newKeySet();
    private final Duration patience;
    private final SchemaRegistryClient direct;

    /**
     * Connects at the first question.
     *
     * @param url several of one cluster with commas between
     * @param access settings of the client, such as {@code basic.auth.user.info}
     * @param patience how long a question is asked again
     */
    RegistryAccess(String url, Map<String, String> access, Duration patience) {
        this.patience = patience;
        Map<String, Object> settings = new HashMap<>(LIMITS);
        for (String one : url.split(",", -1)) {
            urls.add(withoutUser(one.strip(), settings));
        }
        settings.putAll(access);
        direct = SchemaRegistryClientFactory.newClient(
                urls,
                AbstractKafkaSchemaSerDeConfig.MAX_SCHEMAS_PER_SUBJECT_DEFAULT,
                List.of(new StrictAvroProvider()),
                settings,
                Map.of());
    }

    private static String withoutUser(String url, Map<String, Object> settings) {
        String user = url.startsWith("http") ? URI.create(url).getUserInfo() : null;
        if (user == null) {
            return url;
        }
        settings.put(SchemaRegistryClientConfig.BASIC_AUTH_CREDENTIALS_SOURCE, "USER_INFO");
        settings.put(SchemaRegistryClientConfig.USER_INFO_CONFIG, user);
        return url.replaceFirst("//[^/@]*@", "//");
    }

    /** The subject of the values of a topic. */
    static String subject(String topic) {
        return topic + "-value";
    }

    /** The registry's addresses, without user and password. */
    String urls() {
        return String.join(",", urls);
    }

    /** The meaning of a failure to write: a registry that refuses our own schema refuses it for every record. */
    RuntimeException refusal(String topic, KafkaException failure) {
        return failure.getCause() instanceof RestClientException answer
                ? new RegistryRefusedException(
                        "schema registry at %s: does not take our schema for %s: %s"
                                .formatted(urls(), topic, answer.getMessage()),
                        failure)
                : failure;
    }

    RegistryWatch watch() {
        return watch;
    }

    /** A client that asks again while its patience lasts. */
    SchemaRegistryClient patient() {
        return asking(patience);
    }

    /** A client that asks once. */
    SchemaRegistryClient impatient() {
        return asking(Duration.ZERO);
    }

    private SchemaRegistryClient asking(Duration longest) {
        return (SchemaRegistryClient) Proxy.newProxyInstance(
                SchemaRegistryClient.class.getClassLoader(),
                new Class<?>[] {SchemaRegistryClient.class},
                (proxy, method, arguments) -> ask(method, arguments, longest));
    }

    private Object ask(Method method, Object[] arguments, Duration longest) throws Throwable {
        long end = System.nanoTime() + longest.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return askOnce(method, arguments);
            } catch (RegistryUnreachableException e) {
                if (System.nanoTime() + pause.toNanos() > end || !rests(pause)) {
                    throw e;
                }
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            }
        }
    }

    private Object askOnce(Method method, Object[] arguments) throws Throwable {
        boolean asks = List.of(method.getExceptionTypes()).contains(IOException.class);
        try {
            Object answer = method.invoke(direct, arguments);
            // What was asked before, the client knows, and does not ask.
            if (asks && (arguments == null || known.add(question(method, arguments)))) {
                watch.answered();
            }
            return answer;
        } catch (InvocationTargetException e) {
            Throwable failure = RegistryFailure.of(e.getCause(), urls());
            if (failure instanceof RegistryUnreachableException away) {
                watch.failed(away);
            } else if (asks) {
                watch.answered();
            }
            throw failure;
        }
    }

    /** Returns false if the thread is told to end. */
    private static boolean rests(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<Object> question(Method method, Object[] arguments) {
        Object subject = arguments[0] == null ? "" : arguments[0];
        boolean byId = arguments.length > 1 && arguments[1] instanceof Integer;
        return List.of(method.getName(), subject, byId ? arguments[1] : "");
    }
}
