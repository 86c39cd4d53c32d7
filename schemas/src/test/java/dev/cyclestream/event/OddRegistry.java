package dev.cyclestream.event;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every question with the same bytes, which need be no HTTP, and hangs up; or hangs up at once. */
final class OddRegistry implements AutoCloseable {

    private final ServerSocket listener;
    private final String answer;
    private final AtomicInteger questions = new AtomicInteger();

    private OddRegistry(String answer) throws IOException {
        this.answer = answer;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "odd-registry");
        thread.setDaemon(true);
        thread.start();
    }

    /** With a status, such as {@code 404 Not Found}. */
    static OddRegistry answering(String status, String type, String body) throws IOException {
        return new OddRegistry(head(status, type, body.length()) + body);
    }

    /** Whose answer ends before it should. */
    static OddRegistry cuttingOff() throws IOException {
        return new OddRegistry(head("200 OK", "application/json", 500) + "{\"schema\":\"{");
    }

    /** That resets every connection. */
    static OddRegistry resetting() throws IOException {
        return new OddRegistry("");
    }

    private static String head(String status, String type, int length) {
        return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(status, type, length);
    }

    String url() {
        return "http://localhost:" + listener.getLocalPort();
    }

    int questions() {
        return questions.get();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                questions.incrementAndGet();
                socket.getInputStream().read(new byte[8192]);
                if (answer.isEmpty()) {
                    socket.setSoLinger(true, 0);
                } else {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                }
            } catch (SocketException e) {
                // The other side was quicker, or this one is closed.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
