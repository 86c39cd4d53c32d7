package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application in a process of its own, as a user starts it. */
public final class ApplicationProcess implements AutoCloseable {

    private static final Pattern OPERATIONS = Pattern.compile("operations: http:/\\S*:(\\d+)/metrics");

    private final Process process;
    private final Path log;

    private ApplicationProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the command line with these arguments; what it says goes to a file. */
    public static ApplicationProcess start(Path log, List<String> arguments) throws IOException {
        return start(log, List.of("-Xmx1g"), arguments);
    }

    /** Starts the command line on a Java machine with options of its own. */
    public static ApplicationProcess start(Path log, List<String> machine, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(machine);
        command.add("-Dlogback.configurationFile=logback.xml"); // not the silent one of the tests
        command.add("dev.cyclestream.cli.CyclestreamApplication");
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new ApplicationProcess(builder.start(), log);
    }

    /** Waits until it says this. */
    public void awaitSaying(String text, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!said().contains(text)) {
            assertThat(process.isAlive()).as(this::said).isTrue();
            assertThat(System.nanoTime()).as(this::said).isLessThan(end);
            Thread.sleep(50);
        }
    }

    /** What it said so far. */
    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it said that it shows how it is. */
    int operationsPort() {
        Matcher operations = OPERATIONS.matcher(said());
        assertThat(operations.find()).as(this::said).isTrue();
        return Integer.parseInt(operations.group(1));
    }

    /** Asks how it is. */
    public HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + operationsPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; returns the exit code. */
    public int terminate(Duration patience) throws InterruptedException {
        process.destroy();
        return exitCode(patience);
    }

    /** Waits for the end; returns the exit code. */
    public int exitCode(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                .as(this::said)
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
