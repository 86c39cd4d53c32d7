package dev.cyclestream.progress;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every two seconds whether an instance works, on a thread of its own: the threads that do the work wait for brokers
 * without saying so. Says once a minute for as long as it does not.
 */
public final class InstanceWatch implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(InstanceWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SAY_EVERY = Duration.ofMinutes(1);
    private static final Duration SAY_AFTER = Duration.ofSeconds(10);

    private final ConsumerLag lag;
    private final FirstRecords firstRecords;
    private final Progress progress;
    private final Subject subject;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Stopwatch silent = new Stopwatch();
    private final Stopwatch idle = new Stopwatch();
    private final Stopwatch unread = new Stopwatch();
    private final Stopwatch notReady = new Stopwatch();
    private final Stopwatch unsaid = new Stopwatch();
    private volatile Optional<String> brokerFailure = Optional.empty();
    private final Set<TopicPartition> lastOurs = new HashSet<>();
    private long commits;
    private boolean said;

    /** The instance that is watched. */
    public interface Subject {

        /** The topics that it reads. */
        Collection<String> topics();

        /** The partitions that it reads now. */
        Set<TopicPartition> partitions();

        /** True if a consumer with this client id is one of its own. */
        boolean isOwnClient(String clientId);

        /** The offset at which work ends in a partition; {@link Long#MAX_VALUE} if it does not. */
        long bound(TopicPartition partition);

        /** In a word what its threads do if they do not have their partitions; empty if they do. */
        Optional<String> stateUnlessRunning();

        /** Why the registry is waited for; empty if it is not. */
        Optional<String> registryAway();

        /** The longest time that a transaction may take. */
        Duration longestTransaction();
    }

    /**
     * Connects at the first look.
     *
     * @param clientSettings of Kafka's clients
     * @param group of the instance
     * @param progress of the instance
     */
    public InstanceWatch(Map<String, Object> clientSettings, String group, Progress progress, Subject subject) {
        this.lag = new ConsumerLag(clientSettings, group, subject::bound);
        this.firstRecords = new FirstRecords(clientSettings);
        this.progress = progress;
        this.subject = subject;
    }

    /** Begins to look. */
    public void start() {
        silent.restart();
        Thread thread = new Thread(this::watch, "watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
                say();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Set<TopicPartition> owned = subject.partitions();
        try {
            long committed = progress.commits();
            boolean waits = lag.of(owned, progress).stream().anyMatch(partition -> partition.records() > 0);
            idle.runIf(waits && committed == commits);
            commits = committed;
            unread.runIf(owned.isEmpty()
                    && !lag.unread(subject.topics(), client -> false).isEmpty());
            lag.requireAnswer();
            brokerFailure = Optional.empty();
            silent.restart();
        } catch (ExecutionException e) {
            brokerFailure = Optional.of(String.valueOf(e.getCause().getMessage()));
        } catch (RuntimeException e) {
            brokerFailure = Optional.of(e.toString()); // among others while it closes
        }
    }

    private void say() {
        Optional<String> why = whyNotReady();
        notReady.runIf(why.isPresent());
        if (why.isPresent()
                && notReady.elapsed().compareTo(SAY_AFTER) > 0
                && (!said || unsaid.elapsed().compareTo(SAY_EVERY) > 0)) {
            LOGGER.warn("not ready for {} s: {}", notReady.elapsed().toSeconds(), why.get());
            said = true;
            unsaid.restart();
        } else if (why.isEmpty() && said) {
            LOGGER.info("ready again");
            said = false;
        }
    }

    /** Why the instance does not work; empty if it does. */
    public Optional<String> whyNotReady() {
        return new Readiness(
                        subject.stateUnlessRunning(),
                        silent.elapsed(),
                        brokerFailure,
                        subject.registryAway(),
                        progress.trouble(),
                        idle.elapsed(),
                        unread.elapsed(),
                        subject.longestTransaction())
                .whyNot();
    }

    /** The time since a broker answered. */
    public Duration brokersSilent() {
        return silent.elapsed();
    }

    /** The lag of each partition, as the brokers know it now; empty if they do not answer. */
    public List<PartitionLag> lag() {
        if (brokerFailure.isPresent()) {
            return List.of();
        }
        try {
            Set<TopicPartition> ours = ours();
            return ours.isEmpty() ? List.of() : withAges(lag.of(ours, progress));
        } catch (ExecutionException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /**
     * The partitions that this instance reads, and those that it read until a thread failed, as long as nobody else has taken them over: a
     * partition whose thread waits for the next try is behind, too.
     */
    private synchronized Set<TopicPartition> ours() throws ExecutionException, InterruptedException {
        Set<TopicPartition> owned = new HashSet<>(subject.partitions());
        lastOurs.removeAll(owned);
        if (!lastOurs.isEmpty()) {
            lastOurs.retainAll(lag.unread(subject.topics(), subject::isOwnClient));
        }
        lastOurs.addAll(owned);
        return Set.copyOf(lastOurs);
    }

    private List<PartitionLag> withAges(List<ConsumerLag.Waiting> waiting) {
        Map<TopicPartition, Long> notInHand = waiting.stream()
                .filter(each -> each.records() > 0
                        && progress.firstTimestamp(each.partition()).isEmpty())
                .collect(Collectors.toMap(ConsumerLag.Waiting::partition, ConsumerLag.Waiting::done));
        Map<TopicPartition, Long> looked = notInHand.isEmpty() ? Map.of() : firstRecords.timestamps(notInHand);
        return waiting.stream()
                .map(each -> new PartitionLag(
                        each.partition().topic(),
                        each.partition().partition(),
                        each.records(),
                        each.records() == 0
                                ? Optional.of(Duration.ZERO)
                                : progress.age(progress.firstTimestamp(each.partition())
                                        .or(() -> Optional.ofNullable(looked.get(each.partition()))))))
                .toList();
    }

    @Override
    public void close() {
        closing.countDown();
        lag.close();
        firstRecords.close();
    }
}
