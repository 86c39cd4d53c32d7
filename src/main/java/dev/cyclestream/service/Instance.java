package dev.cyclestream.service;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.ops.Health;
import dev.cyclestream.ops.MicrometerTranslationMetrics;
import dev.cyclestream.ops.OperationsServer;
import dev.cyclestream.stream.Collaborators;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance of the application and all that it is made of: stores, metrics, translators, the application itself. It closes
 * everything, what was opened last first, also when a check on the way fails.
 */
public final class Instance implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Instance.class);

    private final KafkaConnection connection;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    public Instance(KafkaConnection connection) {
        this.connection = connection;
    }

    /** Takes over a part, which is closed with the instance, before all parts that it took over earlier. */
    public synchronized <T extends AutoCloseable> T own(T part) {
        parts.push(part);
        return part;
    }

    /** Makes those topics of the routes, and of their dead letters, that are missing. */
    public void makeTopics(List<Route> routes, StreamSettings settings, int partitions) {
        List<String> names = Stream.concat(
                        routes.stream().flatMap(route -> Stream.of(route.inputTopic(), route.outputTopic())),
                        Stream.of(settings.deadLetterTopic()))
                .toList();
        try (Topics topics = new Topics(connection)) {
            topics.createMissing(
                    names, Optional.of(partitions), StreamSettings.maxRecordBytes(settings.maxImageBytes()));
        }
    }

    /** Builds the application for routes whose topics exist; it is not started. */
    public TranslationApplication build(List<Route> routes, StreamSettings settings, Collaborators collaborators) {
        return own(TranslationApplication.of(routes, settings, connection, collaborators));
    }

    /**
     * Begins to answer how the application is, if anyone may ask, until everything else is closed.
     *
     * @param address to answer on; empty if nobody may ask
     */
    public synchronized void serve(
            TranslationApplication application,
            MicrometerTranslationMetrics metrics,
            Optional<InetSocketAddress> address)
            throws IOException {
        metrics.application(application);
        if (address.isPresent()) {
            Health health = new Health(application::isAlive, application::whyNotReady);
            OperationsServer server = OperationsServer.start(address.get(), health, metrics);
            parts.addLast(server);
            LOGGER.info("operations: http:/{}/metrics", server.address());
        }
    }

    /** Closes all parts, whichever of them fails to; does nothing the second time. */
    @Override
    public synchronized void close() {
        RuntimeException failure = null;
        while (!parts.isEmpty()) {
            failure = close(parts.pop(), failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException close(AutoCloseable part, RuntimeException before) {
        try {
            part.close();
            return before;
        } catch (Exception e) {
            RuntimeException failure =
                    e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
            if (before == null) {
                return failure;
            }
            before.addSuppressed(failure);
            return before;
        }
    }
}
