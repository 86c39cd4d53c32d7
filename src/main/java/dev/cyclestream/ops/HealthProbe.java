package dev.cyclestream.ops;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * Asks an application on this machine whether it is alive, for container engines that run a command to find out. A program of
 * its own, since starting the command line costs much more than asking.
 *
 * <p>Exit codes: 0 alive, 1 not alive or no answer, 2 wrong use or set-up.
 */
public final class HealthProbe {

    private static final String PORT = "CYCLESTREAM_HTTP_PORT";
    private static final int HIGHEST_PORT = 65535;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ALIVE = 0;
    private static final int NOT_ALIVE = 1;
    private static final int WRONG_USE = 2;

    private HealthProbe() {}

    public static void main(String[] arguments) {
        String port = System.getenv(PORT);
        if (port == null || !port.matches("\\d{1,5}") || Integer.parseInt(port) > HIGHEST_PORT) {
            System.err.printf("%s: expected the port of the application, found %s%n", PORT, port);
            System.exit(WRONG_USE);
        }
        System.exit(isAlive(Integer.parseInt(port)) ? ALIVE : NOT_ALIVE);
    }

    /** True if {@code /livez} on this machine answers that the application is alive. */
    static boolean isAlive(int port) {
        URI address = URI.create("http://127.0.0.1:" + port + "/livez");
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            int status = connection.getResponseCode();
            System.out.println(address + ": " + status);
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            System.out.println(address + ": " + e);
            return false;
        }
    }
}
