package dev.cyclestream.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real schema registry in a process of its own: Apicurio, over Confluent's API. What it knows is in a file, so that it knows it
 * still when it is started again. Maven unpacks it; {@code -Dregistry.version=3.3.3 -Dregistry.java=...} takes a newer one, which
 * asks for Java 21.
 */
final class RegistryProcess implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("registry.home", "target/registry"));
    private static final String JAVA = System.getProperty(
            "registry.java",
            Path.of(System.getProperty("java.home"), "bin", "java").toString());
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final int port;
    private final int managementPort;
    private Process process;

    private RegistryProcess(Path folder, int port, int managementPort) {
        this.folder = folder;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Chooses its port and starts nothing. */
    static RegistryProcess stopped(Path folder) throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new RegistryProcess(folder, one.getLocalPort(), other.getLocalPort());
        }
    }

    static RegistryProcess started(Path folder) throws IOException, InterruptedException {
        RegistryProcess registry = stopped(folder);
        registry.start();
        return registry;
    }

    String url() {
        return "http://localhost:" + port + "/apis/ccompat/v7";
    }

    /** Starts it, for the first time or again, and waits until it answers. */
    void start() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        JAVA,
                        "-Xmx512m",
                        "-Dquarkus.http.host=localhost",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.port=" + managementPort,
                        "-jar",
                        jar().toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        String database = "jdbc:h2:file:" + folder.resolve("schemas").toAbsolutePath();
        builder.environment()
                .putAll(Map.of(
                        "REGISTRY_DATASOURCE_URL", database, // 2
                        "APICURIO_DATASOURCE_URL", database)); // 3
        process = builder.start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("expected a registry, found:\n" + Files.readString(log()));
            }
            Thread.sleep(200);
        }
    }

    private Path log() {
        return folder.resolve("registry.log");
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(HOME)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith("run.jar")
                            || file.toString().endsWith("runner.jar"))
                    .toList();
            if (jars.size() != 1) {
                throw new IllegalStateException("%s: expected one registry, found %s".formatted(HOME, jars));
            }
            return jars.get(0);
        }
    }

    private boolean answers() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it; the port is free afterwards. */
    void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while the registry ends", e));
        }
    }

    @Override
    public void close() {
        stop();
    }
}
