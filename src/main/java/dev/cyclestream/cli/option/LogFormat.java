package dev.cyclestream.cli.option;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The form of log lines. What strangers chose begins no line of its own in them, and tells a terminal nothing. */
public enum LogFormat {
    /** For people. */
    text,
    /** For collectors of logs. */
    json;

    /** From now on. */
    public void use() {
        if (this == json && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            JsonEncoder encoder = new PlainJson();
            encoder.setContext(context);
            encoder.setWithSequenceNumber(false);
            encoder.setWithNanoseconds(false);
            encoder.setWithContext(false);
            encoder.setWithFormattedMessage(true);
            encoder.setWithMessage(false);
            encoder.setWithArguments(false);
            encoder.start();
            ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
            appender.setContext(context);
            appender.setTarget("System.err");
            appender.setEncoder(encoder);
            appender.start();
            ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.detachAndStopAllAppenders();
            root.addAppender(appender);
        }
    }

    /** Writes out what JSON lets pass as it is. */
    public static final class PlainJson extends JsonEncoder {
        private static final Pattern UNSEEN =
                Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n]]"); // that ends the line

        @Override
        public byte[] encode(ILoggingEvent event) {
            String line = new String(super.encode(event), StandardCharsets.UTF_8);
            return UNSEEN.matcher(line)
                    .replaceAll(found -> found.group()
                            .chars()
                            .mapToObj("\\\\u%04x"::formatted)
                            .collect(Collectors.joining()))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
