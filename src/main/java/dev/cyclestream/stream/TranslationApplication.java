package dev.cyclestream.stream;

import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.DeadLetterPolicy;
import dev.cyclestream.deadletter.FailureKind;
import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.RegistryWatch;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.MemberName;
import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.progress.InstanceWatch;
import dev.cyclestream.progress.PartitionLag;
import dev.cyclestream.progress.Progress;
import dev.cyclestream.stream.client.BoundedRun;
import dev.cyclestream.stream.client.WatchedClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** A topology that runs, in this process. Close it before the translators of its routes. */
public final class TranslationApplication implements AutoCloseable {

    /** Longest that {@link #close()} takes, unless transactions may last longer; whoever stops the process must wait longer. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    /** The time for which a thread asks the registry again in place: an open transaction goes on meanwhile, and must not become too old. */
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(2);

    private final KafkaStreams streams;
    private final RegistryWait registry;
    private final MemberName member;
    private final Books books;
    private final InstanceWatch watch;
    private final StreamSettings.Tuning tuning;
    private final Optional<BoundedRun> replay;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final FailedThreads failedThreads;

    /** The collaborators of an application. */
    private record Base(OutputLimits limits, EventSerdes serdes, Books books) {}

    /** The watch over the application, and the answer to a failure: when and how work goes on. */
    private record State(RegistryWait registry, Books books) {}

    /**
     * Prepares an application; it does nothing before {@link #start()}.
     *
     * @param routes one for each direction that runs; their topics exist
     */
    public static TranslationApplication of(List<Route> routes, StreamSettings settings, KafkaConnection connection) {
        return of(routes, settings, connection, Collaborators.none());
    }

    /** Prepares an application that has to do with more than Kafka. */
    public static TranslationApplication of(
            List<Route> routes, StreamSettings settings, KafkaConnection connection, Collaborators collaborators) {
        Base base = new Base(
                settings.limits(routes, connection),
                connection.serdes(REGISTRY_PATIENCE),
                settings.books(routes, connection, collaborators.listener()));
        try {
            return of(routes, settings, connection, collaborators, base);
        } catch (RuntimeException e) {
            base.books().close();
            throw e;
        }
    }

    private static TranslationApplication of(
            List<Route> routes,
            StreamSettings settings,
            KafkaConnection connection,
            Collaborators collaborators,
            Base base) {
        Books books = base.books();
        InHand inHand = new InHand();
        List<String> inputs = routes.stream().map(Route::inputTopic).toList();
        Topology topology = TranslationTopology.build(
                routes,
                new ProcessorParts(
                        base.serdes(),
                        base.limits(),
                        collaborators.stores(),
                        collaborators.replay(),
                        books,
                        inHand,
                        collaborators.results()));
        DeadLetterPolicy policy = settings.deadLetters(base.limits(), inHand.translations(routes), books);
        Properties properties = settings.toProperties(connection, base.limits(), policy);
        String prefix = properties.getProperty(StreamsConfig.CLIENT_ID_CONFIG, settings.applicationId());
        MemberName member = MemberName.of(prefix, inputs);
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, member.value());
        return new TranslationApplication(
                topology,
                properties,
                new State(new RegistryWait(base.serdes(), routes), books),
                new WatchedClients(
                        routes.stream().collect(Collectors.toMap(Route::inputTopic, Route::outputTopic)),
                        collaborators.replay(),
                        books),
                (streams, registry) -> new InstanceWatch(
                        connection.clientSettings(),
                        settings.applicationId(),
                        books.progress(),
                        new WatchedStreams(
                                streams,
                                member,
                                registry,
                                inputs,
                                collaborators.replay(),
                                settings.tuning().transactionTimeout())),
                settings.tuning());
    }

    private TranslationApplication(
            Topology topology,
            Properties properties,
            State state,
            WatchedClients clients,
            BiFunction<KafkaStreams, RegistryWatch, InstanceWatch> watch,
            StreamSettings.Tuning tuning) {
        this.registry = state.registry();
        this.books = state.books();
        this.tuning = tuning;
        this.replay = clients.replay();
        member = new MemberName(properties.getProperty(StreamsConfig.CLIENT_ID_CONFIG));
        streams = new KafkaStreams(topology, properties, clients);
        this.watch = watch.apply(streams, registry.watch());
        streams.setStateListener((now, before) -> follow(now));
        failedThreads = new FailedThreads(
                books, replay.isPresent(), closing, () -> WatchedStreams.partitionsOfThisThread(streams));
        streams.setUncaughtExceptionHandler(failedThreads);
    }

    /** Work in hand lasts no longer than a transaction may, which follows the largest image; then it is committed. */
    private Duration closeTimeout() {
        Duration twice = tuning.transactionTimeout().multipliedBy(2);
        return twice.compareTo(CLOSE_TIMEOUT) > 0 ? twice : CLOSE_TIMEOUT;
    }

    private void follow(KafkaStreams.State state) {
        if (state == KafkaStreams.State.RUNNING) {
            running.countDown();
        } else if (state == KafkaStreams.State.REBALANCING) {
            books.progress().rebalanced();
        } else if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
            running.countDown();
            ended.countDown();
        }
    }

    /**
     * Waits until the registry answers and the schemas that are in use are known, before this instance takes partitions from
     * others; see {@link RegistryWait}.
     *
     * @param longest how long; empty waits without end
     * @return false if the application was closed meanwhile
     * @throws dev.cyclestream.event.RegistryUnreachableException if it took too long
     * @throws dev.cyclestream.event.RegistryRefusedException if the registry does not let us in
     */
    public boolean awaitRegistry(Optional<Duration> longest) throws InterruptedException {
        return registry.await(longest, closing);
    }

    /** Begins to work, on threads of its own; does nothing once it was closed. */
    public void start() {
        synchronized (closing) {
            if (closing.getCount() > 0) {
                streams.start();
                watch.start();
            }
        }
    }

    /** Why it does not work now; empty if it does: see {@link InstanceWatch}. */
    public Optional<String> whyNotReady() {
        return watch.whyNotReady();
    }

    /** The work that it has done so far. */
    public Progress progress() {
        return books.progress();
    }

    /** The time since a broker answered. */
    public Duration brokersSilent() {
        return watch.brokersSilent();
    }

    /** The number of partitions that it reads. */
    public int partitions() {
        return WatchedStreams.partitions(streams).size();
    }

    /** The number of requests that the registry did not answer, or not as a registry does. */
    public long registryFailures() {
        return registry.watch().failures();
    }

    /** True if the registry is away while it is needed. */
    public boolean isRegistryAway() {
        return registry.watch().away().isPresent();
    }

    /** True if it works or will again without a restart. */
    public boolean isAlive() {
        return streams.state() != KafkaStreams.State.ERROR
                && streams.state() != KafkaStreams.State.PENDING_ERROR
                && failedThreads.failure().isEmpty();
    }

    /** The lag of the partitions that this instance reads, as the brokers know it now; empty if they do not answer. */
    public List<PartitionLag> lag() {
        return watch.lag();
    }

    /** Waits until the group has given this instance its partitions, or it has ended. */
    public void awaitRunning() throws InterruptedException {
        running.await();
    }

    /** Waits for a while; see {@link #awaitRunning()}. */
    public boolean isRunning(Duration patience) throws InterruptedException {
        return running.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The names of its members in the group. */
    public MemberName memberName() {
        return member;
    }

    /**
     * Waits until the application ends.
     *
     * @return what it failed of; empty if it was closed
     */
    public Optional<Throwable> awaitEnd() throws InterruptedException {
        ended.await();
        return failedThreads.failure();
    }

    /** The cause of its failure, for people. */
    public static String describe(Throwable failure) {
        return FailureKind.describe(failure);
    }

    /** The cause of its failure; empty if it did not fail, or not yet. */
    public Optional<Throwable> failure() {
        return failedThreads.failure();
    }

    /** Waits for a while; see {@link #awaitEnd()}. */
    public boolean hasEnded(Duration patience) throws InterruptedException {
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Finishes the images in hand, commits them, and leaves the group, unless it is a member that will be back. */
    @Override
    public void close() {
        synchronized (closing) {
            closing.countDown();
        }
        replay.ifPresent(run -> run.pace().release());
        watch.close();
        streams.close(CloseOptions.timeout(closeTimeout())
                .withGroupMembershipOperation(
                        tuning.instanceId().isPresent()
                                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        books.close();
    }
}
