package dev.cyclestream.event;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Set;

/**
 * Tells apart what the registry's client throws. A registry says its own mind with a status and an error code that begins
 * with it, such as 404 and 40403; a 404 without one comes from a proxy or a start-up page and says nothing about a schema.
 */
final class RegistryFailure {

    private static final Set<Integer> NOT_LET_IN = Set.of(401, 403, 407);
    private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);
    private static final int CLIENT_ERROR = 400;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final int CODES_OF_A_STATUS = 100;
    private static final int LONGEST_ANSWER = 160;

    /** In the names of what the client's reader of JSON throws; the package before it depends on who publishes the client. */
    private static final String JSON_READER = "fasterxml.jackson";

    private RegistryFailure() {}

    /**
     * The meaning of a failure.
     *
     * @param thrown by the client
     * @param url of the registry, without a password
     * @return {@link RegistryUnreachableException}, {@link RegistryRefusedException} or {@link UnreadableSchemaException}; what
     *     was thrown if it is the registry's own verdict, or has nothing to do with a registry
     */
    static Throwable of(Throwable thrown, String url) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableSchemaException || cause instanceof RegistryUnreachableException) {
                return cause;
            }
            if (cause instanceof RestClientException answer) {
                return ofAnswer(answer, url);
            }
            if (cause instanceof IOException failure) {
                return ofConnection(failure, url);
            }
        }
        return thrown;
    }

    private static Throwable ofAnswer(RestClientException answer, String url) {
        int status = answer.getStatus();
        if (NOT_LET_IN.contains(status)) {
            return new RegistryRefusedException(
                    "schema registry at %s: does not let us in, status %d%s".formatted(url, status, said(answer)),
                    answer);
        }
        if (isOwnVerdict(status, answer.getErrorCode())) {
            return answer;
        }
        boolean noRegistry = status < SERVER_ERROR && !NOT_NOW.contains(status);
        String found = "found status %d%s%s"
                .formatted(status, noRegistry ? " without an error code of a registry" : "", said(answer));
        return new RegistryUnreachableException(noRegistry ? other(url, found) : none(url, found), answer);
    }

    private static String none(String url, String found) {
        return "no schema registry answers at %s: %s".formatted(url, found);
    }

    /** Something answers, and it may be what stands before a registry. */
    private static String other(String url, String found) {
        return none(url, found)
                + " (what answers there is no schema registry: another server, a proxy, or does the URL lack the path of the API, such as /apis/ccompat/v7?)";
    }

    /** Some registries say no more than the status again, which for a 404 web servers of other kinds do, too. */
    private static boolean isOwnVerdict(int status, int code) {
        boolean refused = status >= CLIENT_ERROR && status < SERVER_ERROR && !NOT_NOW.contains(status);
        return refused && (code / CODES_OF_A_STATUS == status || (code == status && status != NOT_FOUND));
    }

    private static Throwable ofConnection(IOException failure, String url) {
        // The client's words for a schema of a kind that it was not told of, such as Protobuf.
        if (failure.getMessage() != null && failure.getMessage().startsWith("Invalid schema")) {
            return new UnreadableSchemaException(
                    "expected an Avro schema, found " + oneLine(failure.getMessage()), failure);
        }
        return new RegistryUnreachableException(
                failure.getClass().getName().contains(JSON_READER)
                        ? other(url, "found an answer that is not of a registry's kind")
                        : none(url, oneLine(failure.toString())),
                failure);
    }

    /** Nothing where there was no message in it: then the client has no words but "null; error code: 0". */
    private static String said(RestClientException answer) {
        String said = oneLine(String.valueOf(answer.getMessage()));
        return said.startsWith("null;") ? "" : ": " + said;
    }

    /** Pages of proxies are long. */
    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_ANSWER ? line.substring(0, LONGEST_ANSWER) + "..." : line;
    }
}
