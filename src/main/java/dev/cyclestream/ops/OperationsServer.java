package dev.cyclestream.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * {@code /livez}, {@code /readyz} and {@code /metrics} over HTTP. A thread is busy with a connection from its first byte to the
 * end of its answer, and one that says nothing more is closed after a few seconds: so there are many threads, which cost
 * nothing while nobody asks, and who is slow does not silence the others.
 */
public final class OperationsServer implements AutoCloseable {

    /** Seconds that a request, or the reading of an answer, may take; the JDK's server knows no limit by itself. */
    private static final String LONGEST_SECONDS = "5";

    private static final int MOST_CONNECTIONS = 256;

    static {
        setUnlessGiven("sun.net.httpserver.maxReqTime", LONGEST_SECONDS);
        setUnlessGiven("sun.net.httpserver.maxRspTime", LONGEST_SECONDS);
    }

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
        // Without a queue: who finds all threads busy is turned away at once.
        ExecutorService threads = new ThreadPoolExecutor(
                0, MOST_CONNECTIONS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), OperationsServer::thread);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, NOT_FOUND, TEXT, "/livez, /readyz, /metrics\n"));
        server.createContext("/livez", exchange -> answerAlive(exchange, health));
        server.createContext("/readyz", exchange -> answerReady(exchange, health));
        server.createContext("/metrics", exchange -> answer(exchange, OK, PROMETHEUS_TEXT, metrics.scrape()));
        server.start();
        return new OperationsServer(server, threads);
    }

    /** The address that it answers on. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static void setUnlessGiven(String property, String value) {
        System.setProperty(property, System.getProperty(property, value));
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "operations");
        thread.setDaemon(true);
        return thread;
    }

    private static void answerAlive(HttpExchange exchange, Health health) throws IOException {
        boolean alive = health.isAlive().getAsBoolean();
        answer(exchange, alive ? OK : UNAVAILABLE, TEXT, alive ? "ok\n" : "no\n");
    }

    private static void answerReady(HttpExchange exchange, Health health) throws IOException {
        Optional<String> why = health.whyNotReady().get();
        answer(exchange, why.isEmpty() ? OK : UNAVAILABLE, TEXT, why.orElse("ok") + "\n");
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
