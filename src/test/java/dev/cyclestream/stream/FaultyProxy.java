package dev.cyclestream.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a registry and passes connections through, until it is told to do something else with them. */
final class FaultyProxy implements AutoCloseable {

    /** What becomes of a connection. */
    enum Fault {
        NONE,
        /** The connection is reset when the question has come. */
        RESET,
        /** An answer begins and ends too early. */
        CUT_OFF,
        /** A page that says that there is nothing. */
        PAGE_404,
        /** A page that says to come back later. */
        PAGE_503,
        /** Nothing at all. */
        HANG
    }

    private final ServerSocket listener;
    private final URI registry;
    private final AtomicInteger faults = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;

    private FaultyProxy(URI registry) throws IOException {
        this.registry = registry;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    static FaultyProxy before(String registryUrl) throws IOException {
        return new FaultyProxy(URI.create(registryUrl));
    }

    String url() {
        return "http://localhost:" + listener.getLocalPort();
    }

    void set(Fault next) {
        fault = next;
    }

    /** How many connections met with a fault. */
    int faults() {
        return faults.get();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Fault now = fault;
                start(() -> serve(socket, now));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, Fault now) {
        try (socket) {
            if (now == Fault.NONE) {
                passThrough(socket);
                return;
            }
            faults.incrementAndGet();
            if (socket.getInputStream().read(new byte[8192]) < 0) {
                return;
            }
            switch (now) {
                case RESET -> socket.setSoLinger(true, 0);
                case CUT_OFF -> answer(socket, "200 OK", "application/json", 500, "{\"schema\":\"{");
                case PAGE_404 -> page(socket, "404 Not Found");
                case PAGE_503 -> page(socket, "503 Service Unavailable");
                default -> Thread.sleep(60_000);
            }
        } catch (IOException e) {
            // The other side hung up first.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void page(Socket socket, String status) throws IOException {
        String body = "<html><body>default backend - %s</body></html>".formatted(status);
        answer(socket, status, "text/html", body.length(), body);
    }

    private static void answer(Socket socket, String status, String type, int length, String body) throws IOException {
        String text = "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, type, length, body);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A connection that is kept for further questions ends with the next answer once a fault is set. */
    private void passThrough(Socket socket) throws IOException {
        try (Socket target = new Socket(registry.getHost(), registry.getPort())) {
            start(() -> copy(socket, target));
            InputStream answers = target.getInputStream();
            byte[] chunk = new byte[8192];
            for (int read = answers.read(chunk); read >= 0 && fault == Fault.NONE; read = answers.read(chunk)) {
                socket.getOutputStream().write(chunk, 0, read);
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two hung up.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
