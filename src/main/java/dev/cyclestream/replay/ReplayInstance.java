package dev.cyclestream.replay;

import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.progress.Reminder;
import dev.cyclestream.stream.TranslationApplication;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the instances that share a replay: works until all partitions are at their bounds, whoever brought them there. */
public final class ReplayInstance implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReplayInstance.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final TranslationApplication application;
    private final ReplayProgress progress;
    private final Optional<Duration> registryWait;
    private final Reminder reminder = new Reminder();

    /**
     * Takes over the application, which was not started yet.
     *
     * @param registryWait how long to wait for the registry; empty waits without end
     */
    public ReplayInstance(
            TranslationApplication application, ReplayProgress progress, Optional<Duration> registryWait) {
        this.application = application;
        this.progress = progress;
        this.registryWait = registryWait;
    }

    /**
     * Works until the replay is complete, or the instance fails or is closed.
     *
     * @param shown is told how many offsets are done
     * @return what it failed of; empty if it did not
     */
    public Optional<Throwable> run(LongConsumer shown) throws InterruptedException {
        if (!application.awaitRegistry(registryWait)) {
            return Optional.empty();
        }
        application.start();
        while (!progress.isComplete() && !application.hasEnded(LOOK_EVERY)) {
            look();
            shown.accept(progress.done());
        }
        return progress.isComplete() ? Optional.empty() : application.awaitEnd();
    }

    /** Brokers that are away for a while hold nothing up but the look. */
    private void look() {
        try {
            progress.update();
        } catch (BrokerUnreachableException | KafkaException e) {
            if (reminder.isDue(String.valueOf(e.getMessage()))) {
                LOGGER.warn("how far the replay is cannot be seen now: {}", e.getMessage());
            }
        }
    }

    /** Images that this instance has translated and committed. */
    public long images() {
        return application.progress().images();
    }

    /** Finishes the images in hand, commits them and leaves the group; looks once more how far the replay is. */
    @Override
    public void close() {
        application.close();
        look();
    }
}
