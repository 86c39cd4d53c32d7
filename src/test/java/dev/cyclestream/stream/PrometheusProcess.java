package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real Prometheus that asks instances of this machine and judges them by the rules of this project, with minutes for seconds: a
 * rule that waits for five minutes waits for five seconds here.
 */
final class PrometheusProcess implements AutoCloseable {

    private static final Path RULES = Path.of("..", "docker", "prometheus", "alerts.yml");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern MINUTES = Pattern.compile("\\b(\\d+)m\\b");
    private static final Pattern HOURS = Pattern.compile("\\b(\\d+)h\\b");

    private final Process process;
    private final int port;
    private final Path targets;

    private PrometheusProcess(Process process, int port, Path targets) {
        this.process = process;
        this.port = port;
        this.targets = targets;
    }

    /** The program, if {@code -Dprometheus} names it. */
    static Optional<Path> program() {
        return Optional.ofNullable(System.getProperty("prometheus")).map(Path::of);
    }

    /** Starts with nobody to ask; its data lie in the folder. */
    static PrometheusProcess start(Path program, Path folder) throws IOException, InterruptedException {
        Path targets = folder.resolve("targets.json");
        Files.writeString(targets, "[]");
        Path config = configure(folder);
        int port = freePort();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        PrometheusProcess prometheus = new PrometheusProcess(process, port, targets);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!prometheus.answers()) {
            assertThat(System.nanoTime())
                    .as(Files.readString(folder.resolve("prometheus.log")))
                    .isLessThan(end);
            Thread.sleep(100);
        }
        return prometheus;
    }

    /** Returns the configuration, beside which the rules are. */
    private static Path configure(Path folder) throws IOException {
        String quick =
                HOURS.matcher(Files.readString(RULES)).replaceAll(hours -> 60 * Integer.parseInt(hours.group(1)) + "s");
        quick = MINUTES.matcher(quick).replaceAll("$1s").replace(" * 60", " * 1");
        Files.writeString(folder.resolve("alerts.yml"), quick);
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, """
                global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms}
                rule_files: [alerts.yml]
                scrape_configs:
                  - job_name: cyclestream
                    scrape_interval: 1s
                    scrape_timeout: 1s
                    file_sd_configs: [{files: [targets.json], refresh_interval: 1s}]
                """);
        return config;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri("/-/ready")).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks the instances at these ports from now on. */
    void watch(Integer... ports) throws IOException {
        String addresses = Stream.of(ports).map("\"127.0.0.1:%d\""::formatted).collect(Collectors.joining(", "));
        Path aside = targets.resolveSibling("targets.next");
        Files.writeString(aside, "[{\"targets\": [%s]}]".formatted(addresses));
        Files.move(aside, targets, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The names of the alerts that fire now. */
    Set<String> firing() throws IOException, InterruptedException {
        Set<String> firing = new TreeSet<>();
        for (JsonElement alert : get("/api/v1/alerts").getAsJsonObject("data").getAsJsonArray("alerts")) {
            if (alert.getAsJsonObject().get("state").getAsString().equals("firing")) {
                firing.add(alert.getAsJsonObject()
                        .getAsJsonObject("labels")
                        .get("alertname")
                        .getAsString());
            }
        }
        return firing;
    }

    /** The names of all alerts that the rules know. */
    List<String> known() throws IOException, InterruptedException {
        return get("/api/v1/rules").getAsJsonObject("data").getAsJsonArray("groups").asList().stream()
                .flatMap(group -> group.getAsJsonObject().getAsJsonArray("rules").asList().stream())
                .map(rule -> rule.getAsJsonObject().get("name").getAsString())
                .toList();
    }

    /** How many series an expression finds now. */
    int count(String expression) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .getAsJsonObject("data")
                .getAsJsonArray("result")
                .size();
    }

    private JsonObject get(String path) throws IOException, InterruptedException {
        return JsonParser.parseString(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                        .body())
                .getAsJsonObject();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
