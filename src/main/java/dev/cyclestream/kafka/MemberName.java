package dev.cyclestream.kafka;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that the members of a group go by. Brokers tell what a member is assigned only while the group is at rest, and its
 * name at any time: so the name says which topics it reads, and an instance that reads others is found although the group never
 * comes to rest with it.
 *
 * @param value what Kafka Streams makes the client ids of an instance from
 */
public record MemberName(String value) {

    private static final Pattern READS = Pattern.compile(
            "-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-reads-([A-Za-z0-9._+-]+)-StreamThread-\\d+-.*");

    /**
     * A name that no other instance has.
     *
     * @param prefix in front of it
     * @param inputTopics which the instance reads
     */
    public static MemberName of(String prefix, Collection<String> inputTopics) {
        return new MemberName(
                "%s-%s-reads-%s".formatted(prefix, UUID.randomUUID(), String.join("+", new TreeSet<>(inputTopics))));
    }

    /** True if a client id is one of this instance. */
    public boolean isOf(String clientId) {
        return clientId.startsWith(value + "-StreamThread-");
    }

    /** The name of the instance that a member belongs to; empty if its client id is of another kind. */
    public static Optional<MemberName> ofClientId(String clientId) {
        int end = clientId.indexOf("-StreamThread-");
        return end < 0 ? Optional.empty() : Optional.of(new MemberName(clientId.substring(0, end)));
    }

    /** The topics that a member reads, by its client id; empty if that does not say, as in earlier versions. */
    public static Optional<Set<String>> topics(String clientId) {
        Matcher matcher = READS.matcher(clientId);
        return matcher.find() ? Optional.of(Set.of(matcher.group(1).split("\\+"))) : Optional.empty();
    }
}
