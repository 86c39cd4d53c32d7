package dev.cyclestream.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.cyclestream.progress.Reminder;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Keeps each warning of Kafka's clients to one a minute, whichever client says it and with whatever numbers: while a broker is
 * away, each of them says several times a second that it is.
 */
public final class RepeatedWarnings extends TurboFilter {

    private static final String KAFKA = "org.apache.kafka";

    /** The name of the client in a warning: the consumer or producer of a thread, and others. */
    private static final Pattern SPEAKER = Pattern.compile("^(\\[[^]]*] |stream-thread \\[[^]]*] ?)+");

    private static final RepeatedWarnings INSTANCE = new RepeatedWarnings();

    private final Reminder reminder = new Reminder();

    private RepeatedWarnings() {}

    /** Keeps them back from now on, whatever the configuration of the log. */
    public static synchronized void keepBack() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && !context.getTurboFilterList().contains(INSTANCE)) {
            context.addTurboFilter(INSTANCE);
        }
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable failure) {
        boolean isWarning =
                level.isGreaterOrEqual(Level.WARN) && logger.getName().startsWith(KAFKA);
        if (!isWarning || format == null || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        String message = MessageFormatter.arrayFormat(format, arguments).getMessage();
        return reminder.isDue(SPEAKER.matcher(message).replaceFirst("")) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
