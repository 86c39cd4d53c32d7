package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.google.gson.JsonParser;
import dev.cyclestream.cli.option.LogFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogLineTest {

    private static final String UNSEEN = "[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n\\t]]";

    @Test
    void whatAMessageHoldsBeginsNoLineOfItsOwn() throws JoranException {
        assertThat(line("dead letter: s3://b/x\n2026-01-01T00:00:00.000Z INFO  all is well\u001b[2J\r\u2028y\u009b"))
                .contains("INFO  [" + Thread.currentThread().getName())
                .endsWith("] ROOT: dead letter: s3://b/x?2026-01-01T00:00:00.000Z INFO  all is well?[2J??y?\n")
                .hasLineCount(1);
    }

    @Test
    void whatAnExceptionHoldsBeginsNoLineOfItsOwnEither() throws JoranException {
        Exception failure = new IllegalStateException(
                "s3://b/x\n2026-01-01T00:00:00.000Z INFO  all is well\u001b[2J\u009b", new IOException("a\nb"));
        String text = line("failed", failure);
        assertThat(text.lines().skip(2)).isNotEmpty().allMatch(line -> line.startsWith("    "));
        assertThat(text.lines().skip(1).findFirst()).hasValue("java.lang.IllegalStateException: s3://b/x");
        assertThat(text)
                .contains(
                        "\n    2026-01-01T00:00:00.000Z INFO  all is well?[2J?\n",
                        "\n    Caused by: java.io.IOException: a\n    b\n",
                        "\n    \tat " + LogLineTest.class.getName())
                .endsWith("\n")
                .doesNotEndWith("\n\n");
    }

    @Test
    void noTextTurnsWhatIsAroundIt() throws JoranException {
        assertThat(line("a\u202eb\u2066c", new IOException("d\u202ee\u2028f"))).doesNotContainPattern(UNSEEN);
    }

    @Test
    void noLineOfJsonHoldsWhatATerminalObeys() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LogFormat.PlainJson encoder = new LogFormat.PlainJson();
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        String message = "a\nb\u001b[2J\u009bc\u202ed\u2028e\u007ff ü文😀 \udb40\udc41";
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger(Logger.ROOT_LOGGER_NAME), Level.INFO, message, new IOException("g\u009bh"), null);
        String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertThat(text).endsWith("}\n").hasLineCount(1).contains("ü文😀");
        assertThat(text.strip()).doesNotContainPattern(UNSEEN);
        assertThat(JsonParser.parseString(text)
                        .getAsJsonObject()
                        .get("formattedMessage")
                        .getAsString())
                .isEqualTo(message);
    }

    @Test
    void messageIsAsItIs() throws JoranException {
        assertThat(line("translated ü文😀 $1 \\n {}")).endsWith("] ROOT: translated ü文😀 $1 \\n {}\n");
    }

    private static String line(String message) throws JoranException {
        return line(message, null);
    }

    private static String line(String message, Throwable failure) throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("main/resources/logback.xml").toFile());
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("STDERR");
        LoggingEvent event = new LoggingEvent("", root, Level.INFO, message, failure, null);
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
