package dev.cyclestream.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** {@code /livez}, {@code /readyz} and {@code /metrics} over HTTP. */
public final class OperationsServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private OperationsServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to answer.
     *
     * @param address to bind to; port 0 takes any that is free
     * @throws IllegalArgumentException if the address cannot be bound
     */
    public static OperationsServer start(InetSocketAddress address, Health health, MicrometerTranslationMetrics metrics)
            throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new IllegalArgumentException(
                    "--http-host, --http-port: %s:%d cannot be bound: %s"
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    e);
        }
        ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "operations");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, NOT_FOUND, TEXT, "/livez, /readyz, /metrics\n"));
        server.createContext("/livez", exchange -> answer(exchange, health.isAlive()));
        server.createContext("/readyz", exchange -> answer(exchange, health.isReady()));
        server.createContext("/metrics", exchange -> answer(exchange, OK, PROMETHEUS_TEXT, metrics.scrape()));
        server.start();
        return new OperationsServer(server, threads);
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static void answer(HttpExchange exchange, BooleanSupplier state) throws IOException {
        boolean good = state.getAsBoolean();
        answer(exchange, good ? OK : UNAVAILABLE, TEXT, good ? "ok\n" : "no\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            boolean reads = exchange.getRequestMethod().equals("GET")
                    || exchange.getRequestMethod().equals("HEAD");
            byte[] body = (reads ? text : "GET only\n").getBytes(StandardCharsets.UTF_8);
            boolean sendsBody = !exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", reads ? type : TEXT);
            exchange.sendResponseHeaders(reads ? status : METHOD_NOT_ALLOWED, sendsBody ? body.length : -1);
            if (sendsBody) {
                try (OutputStream stream = exchange.getResponseBody()) {
                    stream.write(body);
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
