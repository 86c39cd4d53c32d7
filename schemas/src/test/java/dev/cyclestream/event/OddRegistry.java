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
    private final String first;
    private final String answer;
    private final AtomicInteger questions = new AtomicInteger();

    private OddRegistry(String first, String answer) throws IOException {
        this.first = first;
        this.answer = answer;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "odd-registry");
        thread.setDaemon(true);
        thread.start();
    }

    /** With a status, such as {@code 404 Not Found}. */
    static OddRegistry answering(String status, String type, String body) throws IOException {
        String answer = answer(status, type, body);
        return new OddRegistry(answer, answer);
    }

    /** With a schema to the first question, and with this to those that follow. */
    static OddRegistry answeringOnce(String schema, String status, String type, String body) throws IOException {
        return new OddRegistry(answer("200 OK", type, schema), answer(status, type, body));
    }

    private static String answer(String status, String type, String body) {
        return head(status, type, body.length()) + body;
    }

    /** Whose answer ends before it should. */
    static OddRegistry cuttingOff() throws IOException {
        String half = head("200 OK", "application/json", 500) + "{\"schema\":\"{";
        return new OddRegistry(half, half);
    }

    /** That resets every connection. */
    static OddRegistry resetting() throws IOException {
        return new OddRegistry("", "");
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
                String text = questions.getAndIncrement() == 0 ? first : answer;
                socket.getInputStream().read(new byte[8192]);
                if (text.isEmpty()) {
                    socket.setSoLinger(true, 0);
                } else {
                    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
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
