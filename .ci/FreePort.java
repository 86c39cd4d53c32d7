import java.io.IOException;
import java.net.ServerSocket;

/** Prints a port that nobody listens on. */
final class FreePort {

    public static void main(String[] arguments) throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            System.out.println(socket.getLocalPort());
        }
    }
}
