package dev.cyclestream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** What is made of answers that are none, and of schemas that Avro does not take. */
class RegistryFailureTest {

    private static final byte[] EVENT = {0, 0, 0, 0, 7, 1, 2, 3};
    private static final String HTML = "<html><body>default backend - 404</body></html>";
    private static final String WITH_REFERENCE =
            "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":[{\\\"name\\\":\\\"r\\\",\\\"type\\\":\\\"a.Other\\\"}]}\",\"references\":[{\"name\":\"a.Other\",\"subject\":\"other\",\"version\":1}]}";
    private static final String JSON = "application/vnd.schemaregistry.v1+json";

    @Test
    void answerThatIsNoneOfARegistryIsWaitedFor() throws IOException {
        for (String status : List.of(
                "200 OK",
                "302 Found",
                "400 Bad Request",
                "404 Not Found",
                "408 Request Timeout",
                "429 Too Many Requests",
                "500 Internal Server Error",
                "502 Bad Gateway",
                "503 Service Unavailable",
                "504 Gateway Timeout")) {
            try (OddRegistry registry = OddRegistry.answering(status, "text/html", HTML)) {
                assertAway(registry.url(), status);
            }
        }
    }

    @Test
    void answerOfARegistryThatIsOverloadedIsWaitedFor() throws IOException {
        for (String answer : List.of(
                "500 Internal Server Error|{\"error_code\":50001,\"message\":\"Error in the backend data store\"}",
                "429 Too Many Requests|{\"error_code\":42901,\"message\":\"Too many\"}",
                "404 Not Found|{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}",
                "404 Not Found|{}",
                "200 OK|")) {
            String[] parts = answer.split("\\|", -1);
            try (OddRegistry registry = OddRegistry.answering(parts[0], JSON, parts[1])) {
                assertAway(registry.url(), answer);
            }
        }
    }

    @Test
    void answerWithoutASchemaIsWaitedFor() throws IOException {
        try (OddRegistry registry = OddRegistry.answering("200 OK", JSON, "{\"status\":\"maintenance\"}")) {
            Exception failure = failure(serdes(registry.url()));
            assertThat(EventSerdes.isUnreadable(failure)).isFalse();
            assertThat(isAway(failure)).isTrue();
        }
    }

    @Test
    void connectionThatFailsIsWaitedFor() throws IOException {
        try (OddRegistry registry = OddRegistry.resetting()) {
            assertAway(registry.url(), "reset");
        }
        try (OddRegistry registry = OddRegistry.cuttingOff()) {
            assertAway(registry.url(), "cut off");
        }
        try (OddRegistry registry = OddRegistry.answering("200 OK", JSON, "")) {
            assertAway(registry.url().replace("http:", "https:"), "no TLS");
        }
        assertAway("http://no-such-host.invalid:8081", "unknown host");
        assertAway("http://localhost:1", "refused");
    }

    @Test
    void questionIsAskedAgainWhilePatienceLasts() throws IOException {
        try (OddRegistry registry = OddRegistry.resetting()) {
            EventSerdes serdes = new EventSerdes(registry.url(), Map.of(), Duration.ofSeconds(1));
            assertThat(failure(serdes)).hasRootCauseInstanceOf(IOException.class);
            assertThat(registry.questions()).isGreaterThan(2);
            assertThat(serdes.registryWatch().failures()).isGreaterThan(1);
        }
    }

    @Test
    void schemaThatTheRegistryDoesNotHaveIsTheFaultOfTheEvent() throws IOException {
        for (String body : List.of(
                "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}",
                "{\"error_code\":40401,\"message\":\"Subject not found\"}")) {
            try (OddRegistry registry = OddRegistry.answering("404 Not Found", JSON, body)) {
                assertUnreadable(registry);
            }
        }
    }

    @Test
    void schemaThatTheRegistryDoesNotTakeIsNotWaitedFor() throws IOException {
        for (int code : new int[] {409, 40901}) {
            String body = "{\"error_code\":%d,\"message\":\"incompatible\"}".formatted(code);
            try (OddRegistry registry = OddRegistry.answering("409 Conflict", JSON, body)) {
                Exception failure = catchException(() ->
                        serdes(registry.url()).imageEvents().serializer().serialize("images", TestEvents.event()));
                assertThat(failure)
                        .isInstanceOf(RegistryRefusedException.class)
                        .hasMessageContaining("does not take our schema for images");
                assertThat(isAway(failure)).isFalse();
            }
        }
    }

    @Test
    void schemaThatAvroDoesNotTakeIsTheFaultOfTheEvent() throws IOException {
        for (String schema : List.of(
                "{'type':'record','name':'ImageEvent','namespace':'com.my-company','fields':[]}",
                "{'type':'record','name':'ImageEvent','fields':[{'name':'my-field','type':'string'}]}",
                "{'type':'record','name':'ImageEvent','fields':[{'name':'image','type':'not.there.Reference'}]}",
                "{'type':'record','name':'ImageEvent','fields':[{'name':'a','type':'int'},{'name':'a','type':'int'}]}",
                "{'type':'enum','name':'ImageEvent','symbols':['a-b']}",
                "{not json",
                "[".repeat(20_000),
                "")) {
            String escaped = schema.replace("'", "\\\"");
            try (OddRegistry registry = OddRegistry.answering("200 OK", JSON, "{\"schema\":\"" + escaped + "\"}")) {
                assertUnreadable(registry);
            }
        }
        for (String type : List.of("PROTOBUF", "JSON", "NEW")) {
            String body = "{\"schemaType\":\"%s\",\"schema\":\"{}\"}".formatted(type);
            try (OddRegistry registry = OddRegistry.answering("200 OK", JSON, body)) {
                assertUnreadable(registry);
            }
        }
    }

    @Test
    void schemaWhoseReferenceTheRegistryDoesNotHaveIsTheFaultOfTheEvent() throws IOException {
        for (int code : new int[] {40402, 40401, 404}) {
            String body = "{\"error_code\":%d,\"message\":\"not found\"}".formatted(code);
            try (OddRegistry registry = OddRegistry.answeringOnce(WITH_REFERENCE, "404 Not Found", JSON, body)) {
                assertUnreadable(registry);
            }
        }
    }

    @Test
    void referenceThatCannotBeHadNowIsWaitedFor() throws IOException {
        for (String answer : List.of("404 Not Found|" + HTML, "503 Service Unavailable|" + HTML, "200 OK|" + HTML)) {
            String[] parts = answer.split("\\|", -1);
            try (OddRegistry registry = OddRegistry.answeringOnce(WITH_REFERENCE, parts[0], "text/html", parts[1])) {
                Exception failure = failure(serdes(registry.url()));
                assertThat(EventSerdes.isUnreadable(failure)).as(answer).isFalse();
                assertThat(isAway(failure)).as(answer).isTrue();
            }
        }
    }

    @Test
    void schemaThatHoldsItselfIsTheFaultOfTheEvent() throws IOException {
        for (String schema : List.of(
                "{'type':'record','name':'R','fields':[{'name':'r','type':'R'}]}",
                "{'type':'record','name':'dev.cyclestream.event.ImageEvent','fields':[{'name':'imageId','type':'string'},{'name':'more','type':'dev.cyclestream.event.ImageEvent'}]}",
                "{'type':'record','name':'dev.cyclestream.event.ImageEvent','fields':[{'name':'more','type':{'type':'array','items':'null'}}]}")) {
            String escaped = schema.replace("'", "\\\"");
            try (OddRegistry registry = OddRegistry.answering("200 OK", JSON, "{\"schema\":\"" + escaped + "\"}")) {
                assertUnreadable(registry);
            }
        }
    }

    @Test
    void registryThatDoesNotLetUsInIsNeitherAwayNorTheFaultOfTheEvent() throws IOException {
        for (String status : List.of("401 Unauthorized", "403 Forbidden", "407 Proxy Authentication Required")) {
            try (OddRegistry registry = OddRegistry.answering(status, "text/plain", "no")) {
                EventSerdes serdes = serdes(registry.url());
                Exception failure = failure(serdes);
                assertThat(EventSerdes.isUnreadable(failure)).as(status).isFalse();
                assertThat(isAway(failure)).as(status).isFalse();
                assertThatThrownBy(serdes::requireRegistry)
                        .isInstanceOf(RegistryRefusedException.class)
                        .hasMessageContaining("does not let us in");
            }
        }
    }

    @Test
    void watchSaysWhyTheRegistryIsAwayUntilItAnswers() throws IOException {
        try (OddRegistry registry = OddRegistry.answering("404 Not Found", "text/html", HTML)) {
            EventSerdes serdes = serdes(registry.url());
            assertThat(serdes.registryWatch().away()).isEmpty();
            failure(serdes);
            assertThat(serdes.registryWatch().away().orElseThrow())
                    .contains(registry.url(), "404", "the path of the API", "default backend");
            assertThat(serdes.registryWatch().failures()).isEqualTo(1);
        }
    }

    @Test
    void noMessageHoldsAPassword() throws IOException {
        for (String answer : List.of("404 Not Found", "401 Unauthorized")) {
            try (OddRegistry registry = OddRegistry.answering(answer, "text/html", HTML)) {
                String url = registry.url().replace("//", "//user:se%40cret@");
                EventSerdes serdes = serdes(url + "," + url);
                assertThatThrownBy(serdes::requireRegistry)
                        .hasMessageContaining(registry.url())
                        .hasMessageNotContaining("cret");
                assertThat(failure(serdes)).hasStackTraceContaining(registry.url());
                assertThat(failure(serdes).toString()).doesNotContain("cret");
            }
        }
    }

    private static void assertAway(String url, String what) {
        EventSerdes serdes = serdes(url);
        Exception failure = failure(serdes);
        assertThat(EventSerdes.isUnreadable(failure))
                .as("%s: %s", what, failure)
                .isFalse();
        assertThat(isAway(failure)).as("%s: %s", what, failure).isTrue();
        assertThat(serdes.registryWatch().away()).as(what).isPresent();
        Exception registering =
                catchException(() -> serdes.imageEvents().serializer().serialize("images", TestEvents.event()));
        assertThat(isAway(registering)).as("%s: %s", what, registering).isTrue();
    }

    private static void assertUnreadable(OddRegistry registry) {
        Exception failure = failure(serdes(registry.url()));
        assertThat(EventSerdes.isUnreadable(failure)).as("%s", failure).isTrue();
        assertThat(isAway(failure)).as("%s", failure).isFalse();
    }

    private static boolean isAway(Throwable failure) {
        return failure != null && (EventSerdes.isRegistryAway(failure) || isAway(failure.getCause()));
    }

    private static Exception failure(EventSerdes serdes) {
        Deserializer<ImageEvent> deserializer = serdes.imageEvents().deserializer();
        Exception failure = catchException(() -> deserializer.deserialize("images", EVENT));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static EventSerdes serdes(String url) {
        return new EventSerdes(url, Map.of(), Duration.ZERO);
    }
}
