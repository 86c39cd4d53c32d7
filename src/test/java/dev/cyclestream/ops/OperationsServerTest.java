package dev.cyclestream.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.TranslationMetrics.Stages;
import dev.cyclestream.progress.PartitionLag;
import dev.cyclestream.progress.ProgressListener.CommittedInput;
import dev.cyclestream.progress.RetryCause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsServerTest {

    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final AtomicReference<String> waitsFor = new AtomicReference<>("waits for its partitions");
    private final MicrometerTranslationMetrics metrics = new MicrometerTranslationMetrics();
    private OperationsServer server;

    @BeforeEach
    void start() throws IOException {
        server = OperationsServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Health(alive::get, () -> Optional.ofNullable(waitsFor.get())),
                metrics);
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    @Test
    void probeSeesWhetherItIsAlive() {
        int port = server.address().getPort();
        assertThat(HealthProbe.isAlive(port)).isTrue();
        alive.set(false);
        assertThat(HealthProbe.isAlive(port)).isFalse();
        server.close();
        assertThat(HealthProbe.isAlive(port)).isFalse();
    }

    @Test
    void isReadyOnlyWhenItSaysSo() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("waits for its partitions\n");
        waitsFor.set(null);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        alive.set(false);
        assertThat(get("/livez").statusCode()).isEqualTo(503);
        assertThat(get("/other").statusCode()).isEqualTo(404);
    }

    @Test
    void metricsSayWhatHappened() throws Exception {
        metrics.translated(
                Direction.A_TO_B,
                new Stages(Duration.ofMillis(2), Duration.ZERO, Duration.ofMillis(30), Duration.ofMillis(1), 4));
        metrics.committed(
                new CommittedInput("images.a", Optional.of("NOT_AN_IMAGE"), Optional.empty(), Optional.empty()));
        metrics.retried(RetryCause.REGISTRY);
        metrics.expired("images.a", 2, 40);
        metrics.rebalanced();
        metrics.lag(() -> List.of(
                new PartitionLag("images.a", 3, 17, Optional.of(Duration.ofMillis(2500))),
                new PartitionLag("images.a", 4, 0, Optional.empty())));
        assertThat(get("/metrics").body())
                .contains("cyclestream_translations_total{direction=\"A_TO_B\"} 1.0")
                .contains("cyclestream_retries_total{cause=\"REGISTRY\"} 1.0")
                .contains("cyclestream_expired_records_total{topic=\"images.a\"} 40.0")
                .contains("cyclestream_rebalances_total 1.0")
                .contains("cyclestream_oldest_image_age_seconds{partition=\"3\",topic=\"images.a\"} 2.5")
                .doesNotContain("cyclestream_oldest_image_age_seconds{partition=\"4\"")
                .contains("cyclestream_build_info{java=\"")
                .containsPattern("process_resident_memory_bytes [1-9]")
                .containsPattern("process_peak_resident_memory_bytes [1-9]")
                .contains("cyclestream_dead_letters_total{reason=\"NOT_AN_IMAGE\",topic=\"images.a\"} 1.0")
                .contains("cyclestream_consumer_lag_records{partition=\"3\",topic=\"images.a\"} 17.0")
                .contains("cyclestream_inference_seconds_sum{direction=\"A_TO_B\"} 0.03")
                .contains("cyclestream_batch_size_images_sum{direction=\"A_TO_B\"} 4.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void slowConnectionsDoNotSilenceTheOthers() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int count = 0; count < 100; count++) {
                Socket socket = new Socket(
                        server.address().getAddress(), server.address().getPort());
                slow.add(socket);
                socket.getOutputStream().write("GET /livez HT".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(get("/livez").statusCode()).isEqualTo(200);
            assertThat(HealthProbe.isAlive(server.address().getPort())).isTrue();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void portThatIsTakenIsSaidPlainly() {
        assertThatThrownBy(() ->
                        OperationsServer.start(server.address(), new Health(() -> true, Optional::empty), metrics))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("127.0.0.1:" + server.address().getPort() + " cannot be bound");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
