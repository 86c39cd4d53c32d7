package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogLineTest {

    @Test
    void whatAMessageHoldsBeginsNoLineOfItsOwn() throws JoranException {
        assertThat(line("dead letter: s3://b/x\n2026-01-01T00:00:00.000Z INFO  all is well\u001b[2J\r\u2028y"))
                .endsWith("INFO  dead letter: s3://b/x?2026-01-01T00:00:00.000Z INFO  all is well?[2J??y\n")
                .hasLineCount(1);
    }

    @Test
    void messageIsAsItIs() throws JoranException {
        assertThat(line("translated ü文😀 $1 \\n {}")).endsWith("INFO  translated ü文😀 $1 \\n {}\n");
    }

    private static String line(String message) throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("main/resources/logback.xml").toFile());
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("STDERR");
        LoggingEvent event = new LoggingEvent("", root, Level.INFO, message, null, null);
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
