package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TestRegistryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A client of something else that had this port before, for example. */
    @Test
    void whoSendsHalfARequestHoldsNobodyUp() throws Exception {
        try (TestRegistry registry = TestRegistry.start()) {
            URI subjects = URI.create(registry.url() + "/subjects");
            try (Socket half = new Socket(InetAddress.getLoopbackAddress(), subjects.getPort())) {
                half.getOutputStream().write(new byte[] {0, 0, 0, 26});
                HttpRequest request =
                        HttpRequest.newBuilder(subjects).timeout(PATIENCE).build();
                assertThat(HttpClient.newHttpClient()
                                .send(request, BodyHandlers.ofString())
                                .body())
                        .isEqualTo("[]");
            }
        }
    }
}
