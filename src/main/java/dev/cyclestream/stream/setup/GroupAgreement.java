package dev.cyclestream.stream.setup;

import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.kafka.Brokers;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.MemberName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * The agreement of all members of a group on the topics that they read. Where they do not, each rebalance ends in another one,
 * for ever, and nothing looks wrong. It is asked before an instance joins, and again once it has: two that start at one time do
 * not see each other before.
 */
public final class GroupAgreement implements AutoCloseable {

    /** Longer than the group takes to hear of a member that was killed. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String STREAMS = "stream";

    private final Brokers brokers;
    private final String group;
    private final Set<String> topics;
    private boolean agreed;
    private Optional<Long> disagreesSince = Optional.empty();

    /** @param setUp of the instance that asks */
    public GroupAgreement(KafkaConnection connection, SetUp setUp) {
        brokers = new Brokers(connection);
        group = setUp.applicationId();
        topics = Set.copyOf(setUp.inputTopics());
    }

    /** Before the instance joins: what its live members read that it would not, or the other way round. */
    Optional<String> complaint() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<String> difference = brokers.group(group).flatMap(this::difference);
            if (difference.isEmpty() || System.nanoTime() > end) {
                return difference;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /**
     * Looks once after the instance has joined, until all are seen to agree; what was killed lately does not count.
     *
     * @param own name of the members of this instance
     * @return why the instance must end
     */
    public Optional<String> complaint(MemberName own) {
        if (agreed) {
            return Optional.empty();
        }
        Optional<ConsumerGroupDescription> seen;
        try {
            seen = brokers.group(group);
        } catch (BrokerUnreachableException e) {
            return Optional.empty(); // the instance waits for them, and so does this
        }
        Optional<String> difference = seen.flatMap(this::difference);
        if (difference.isEmpty()) {
            agreed = seen.stream()
                    .flatMap(description -> description.members().stream())
                    .anyMatch(member -> own.isOf(member.clientId()));
            disagreesSince = Optional.empty();
            if (agreed) {
                brokers.close();
            }
            return Optional.empty();
        }
        long now = System.nanoTime();
        long since = disagreesSince.orElse(now);
        disagreesSince = Optional.of(since);
        return difference.filter(text -> now - since > PATIENCE.toNanos());
    }

    private Optional<String> difference(ConsumerGroupDescription seen) {
        boolean others = !seen.members().isEmpty()
                && !seen.partitionAssignor().isEmpty()
                && !seen.partitionAssignor().equals(STREAMS);
        if (others) {
            return Optional.of(
                    "--application-id %s: its group has members that are no instances of this program (they share partitions by \"%s\"); give another one"
                            .formatted(group, seen.partitionAssignor()));
        }
        for (MemberDescription member : seen.members()) {
            Set<String> read = MemberName.topics(member.clientId()).orElseGet(() -> assigned(member));
            boolean named = MemberName.topics(member.clientId()).isPresent();
            if (named ? !read.equals(topics) : !topics.containsAll(read)) {
                return Optional.of(
                        "--application-id %s: its live member at %s reads %s, and this instance would read %s; instances that share an id must read the same topics: give another id, or stop those instances first"
                                .formatted(group, member.host(), words(read), words(topics)));
            }
        }
        return Optional.empty();
    }

    /** Nothing while the group is not at rest. */
    private static Set<String> assigned(MemberDescription member) {
        Set<String> assigned = new TreeSet<>();
        member.assignment().topicPartitions().stream()
                .map(TopicPartition::topic)
                .forEach(assigned::add);
        return assigned;
    }

    private static String words(Set<String> topics) {
        return String.join(" and ", List.copyOf(new TreeSet<>(topics)));
    }

    @Override
    public void close() {
        brokers.close();
    }
}
