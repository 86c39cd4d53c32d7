package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.checkpoint.ValueRange;
import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.stream.TestImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

class FaultReportTest {

    private final StringWriter complained = new StringWriter();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(CyclestreamApplication.class);

    @Command(name = "faulty")
    private record Faulty(Callable<Integer> work) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return work.call();
        }
    }

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ERROR);
        logger.setAdditive(false); // the trace is kept here, and does not fill the log of the tests
        logger.addAppender(log);
        log.start();
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void argumentThatALibraryRefusesIsAFaultOfTheProgramAndShowsItsTrace() {
        assertThat(run(() -> Integer.valueOf("x"))).isEqualTo(1);
        assertThat(complained).hasToString("cyclestream: java.lang.NumberFormatException: For input string: \"x\"\n");
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getThrowableProxy().getStackTraceElementProxyArray())
                        .isNotEmpty());
    }

    @Test
    void argumentThatIsRefusedHereIsWrongUse() {
        assertThat(run(() -> ValueRange.parse("x") == null ? 1 : 0)).isEqualTo(2);
        assertThat(complained.toString())
                .startsWith("cyclestream: range of values: expected")
                .hasLineCount(1);
        assertThat(log.list).isEmpty();
    }

    @Test
    void brokenWorldIsNoFaultOfTheProgram() {
        assertThat(run(() -> {
                    throw new IOException("disk full");
                }))
                .isEqualTo(1);
        assertThat(complained).hasToString("cyclestream: java.io.IOException: disk full\n");
        assertThat(log.list).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("explained")
    void explainedFailureSaysItsMessageOnly(Callable<Integer> work, int exitCode, String message) {
        assertThat(run(work)).isEqualTo(exitCode);
        assertThat(complained.toString()).startsWith("cyclestream: " + message).hasLineCount(1);
        assertThat(log.list).isEmpty();
    }

    static Stream<Arguments> explained() {
        return Stream.of(
                arguments(
                        failing(new InvalidCheckpointException("a.onnx: no checkpoint")), 2, "a.onnx: no checkpoint\n"),
                arguments(failing(ImageRejectedException.damaged("cut", null)), 2, "the image is damaged: cut\n"),
                arguments(failing(new BrokerUnreachableException("no broker", null)), 1, "no broker\n"));
    }

    private static Callable<Integer> failing(Exception failure) {
        return () -> {
            throw failure;
        };
    }

    @Test
    void registryThatDoesNotAnswerIsTheWorldsFault() {
        assertThat(run(() -> {
                    new EventSerdes("http://localhost:1", Map.of(), Duration.ZERO).requireRegistry();
                    return 0;
                }))
                .isEqualTo(1);
        assertThat(complained.toString())
                .startsWith("cyclestream: no schema registry answers at http://localhost:1")
                .hasLineCount(1);
        assertThat(log.list).isEmpty();
    }

    @Test
    void registryThatLetsNobodyInIsTheWorldsFault() throws IOException {
        HttpServer registry = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        registry.createContext("/", exchange -> {
            byte[] answer = "{\"error_code\":401,\"message\":\"Unauthorized\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        registry.start();
        try {
            String url = "http://localhost:" + registry.getAddress().getPort();
            assertThat(run(() -> {
                        new EventSerdes(url, Map.of(), Duration.ZERO).requireRegistry();
                        return 0;
                    }))
                    .isEqualTo(1);
            assertThat(complained.toString())
                    .startsWith("cyclestream: ")
                    .contains(url)
                    .doesNotContain("Exception")
                    .hasLineCount(1);
            assertThat(log.list).isEmpty();
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void topicThatIsMeantForOtherRecordsIsWrongUse() {
        EventSerdes serdes = new EventSerdes("mock://fault-report");
        serdes.imageEvents().serializer().serialize("translated", TestImages.event("1", TestImages.png(1)));
        assertThat(run(() -> {
                    serdes.learnSchemas(List.of(), List.of("translated"));
                    return 0;
                }))
                .isEqualTo(2);
        assertThat(complained.toString()).startsWith("cyclestream: translated").hasLineCount(1);
        assertThat(log.list).isEmpty();
    }

    private int run(Callable<Integer> work) {
        return CyclestreamApplication.commandLine()
                .addSubcommand(new Faulty(work))
                .setErr(new PrintWriter(complained, true))
                .execute("faulty");
    }
}
