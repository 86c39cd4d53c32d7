package dev.cyclestream.event;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for a schema registry under other paths of an address where none answers: many have their API under one. */
final class RegistrySearch {

    private static final List<String> PATHS = List.of(
            "", "/apis/ccompat/v7", "/apis/ccompat/v6", "/api/schema-registry", "/schema-registry", "/api/ccompat/v7");

    private RegistrySearch() {}

    /**
     * Asks.
     *
     * @param urls several of one cluster with commas between
     * @param settings of the client, such as {@code basic.auth.user.info}
     * @return the address where one answers, in place of the first that was given, without user and password; empty if none does
     */
    static Optional<String> near(String urls, Map<String, String> settings) {
        String given = urls.split(",", -1)[0].strip().replaceFirst("/+$", "");
        if (!given.startsWith("http")) {
            return Optional.empty();
        }
        URI uri = URI.create(given);
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        return PATHS.stream()
                .map(path -> origin + path)
                .filter(candidate -> !candidate.equals(given))
                .filter(candidate -> answers(candidate, settings))
                .findFirst()
                .map(found -> found.replaceFirst("//[^/@]*@", "//"));
    }

    private static boolean answers(String url, Map<String, String> settings) {
        try {
            new RegistryAccess(url, settings, Duration.ZERO).impatient().getAllSubjects();
            return true;
        } catch (RestClientException
                | IOException
                | RuntimeException e) { // whatever answers there is no registry for us
            return false;
        }
    }
}
