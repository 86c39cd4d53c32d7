package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cyclestream.checkpoint.ValueRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    private int run(Callable<Integer> work) {
        return CyclestreamApplication.commandLine()
                .addSubcommand(new Faulty(work))
                .setErr(new PrintWriter(complained, true))
                .execute("faulty");
    }
}
