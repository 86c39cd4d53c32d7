package dev.cyclestream.stream;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A schema registry over HTTP, for processes that cannot share a registry in memory: registers and looks up, no more. */
public final class TestRegistry implements AutoCloseable {

    private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(-?\\d+)");
    private static final Pattern VERSIONS = Pattern.compile("/subjects/([^/]+)/versions");
    private static final Pattern VERSION = Pattern.compile("/subjects/([^/]+)/versions/(\\d+)");

    private final Gson gson = new Gson();
    private final int port;
    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final Map<Integer, Map<String, ?>> odd = new ConcurrentHashMap<>();
    private final Map<String, List<Integer>> subjects = new ConcurrentHashMap<>();
    private HttpServer server;
    private ExecutorService threads;

    private TestRegistry(int port) {
        this.port = port;
    }

    /** Starts on a free port. */
    public static TestRegistry start() throws IOException {
        TestRegistry registry = new TestRegistry(freePort());
        registry.restart();
        return registry;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Answers again after {@link #close()}, and knows what it knew. */
    public void restart() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        threads = Executors.newCachedThreadPool(); // by itself, it answers one after the other, and waits for each
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Answers with this where a schema is asked for by its id, whatever it is. */
    void put(int id, Map<String, ?> answer) {
        odd.put(id, answer);
    }

    public String url() {
        return "http://localhost:" + port;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Matcher byId = BY_ID.matcher(path);
        Matcher versions = VERSIONS.matcher(path);
        Matcher version = VERSION.matcher(path);
        if (path.equals("/subjects")) {
            send(exchange, 200, subjects.keySet());
        } else if (byId.matches() && odd.containsKey(Integer.parseInt(byId.group(1)))) {
            send(exchange, 200, odd.get(Integer.parseInt(byId.group(1))));
        } else if (byId.matches()) {
            int id = Integer.parseInt(byId.group(1));
            boolean known = id >= 1 && id <= schemas.size();
            send(
                    exchange,
                    known ? 200 : 404,
                    known
                            ? Map.of("schema", schemas.get(id - 1))
                            : Map.of("error_code", 40403, "message", "Schema not found"));
        } else if (path.startsWith("/compatibility/")) {
            send(exchange, 200, Map.of("is_compatible", true));
        } else if (versions.matches() && exchange.getRequestMethod().equals("GET")) {
            int count = subjects.getOrDefault(versions.group(1), List.of()).size();
            send(exchange, 200, IntStream.rangeClosed(1, count).toArray());
        } else if (version.matches() && !subjects.containsKey(version.group(1))) {
            send(exchange, 404, Map.of("error_code", 40401, "message", "Subject not found"));
        } else if (version.matches()) {
            int id = subjects.get(version.group(1)).get(Integer.parseInt(version.group(2)) - 1);
            send(exchange, 200, Map.of("id", id, "version", 1, "schema", schemas.get(id - 1)));
        } else if (versions.matches()) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int id = idOf(gson.fromJson(body, JsonObject.class).get("schema").getAsString());
            List<Integer> ids = subjects.computeIfAbsent(versions.group(1), subject -> new CopyOnWriteArrayList<>());
            if (!ids.contains(id)) {
                ids.add(id);
            }
            send(exchange, 200, Map.of("id", id));
        } else {
            send(exchange, 404, Map.of("error_code", 404, "message", "not here"));
        }
    }

    private synchronized int idOf(String schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    private void send(HttpExchange exchange, int status, Object content) throws IOException {
        byte[] bytes = gson.toJson(content).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
