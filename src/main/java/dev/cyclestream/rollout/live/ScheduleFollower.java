package dev.cyclestream.rollout.live;

import dev.cyclestream.kafka.Brokers;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.progress.Reminder;
import dev.cyclestream.rollout.Announcement;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.ScheduleTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the schedule of an application on a thread of its own, and has loaded what it names, while the stream goes on. It belongs
 * to no group, so that each instance sees every split.
 */
public final class ScheduleFollower implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ScheduleFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    /** The pause between two looks for the topic, which the first roll-out makes. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final KafkaConnection connection;
    private final String topic;
    private final Consumer<Schedule> loading;
    private final Thread thread = new Thread(this::follow, "schedule-follower");
    private final Reminder reminder = new Reminder();
    private final List<Announcement> announcements = new ArrayList<>();
    private Optional<CommittedReader> reader = Optional.empty();
    private volatile Schedule schedule = Schedule.EMPTY;
    private volatile boolean closed;

    /** @param loading is told the schedule again and again, loads what is missing, and says how that went */
    public ScheduleFollower(KafkaConnection connection, String applicationId, Consumer<Schedule> loading) {
        this.connection = connection;
        this.topic = ScheduleTopic.name(applicationId);
        this.loading = loading;
        thread.setDaemon(true);
    }

    /** Reads all that was announced so far and tries to load it once; then goes on beside the stream. */
    public void start() {
        try (Topics topics = new Topics(connection)) {
            openIfThere(topics);
        }
        if (reader.isEmpty()) {
            warnIfHidden();
        }
        reader.ifPresent(open -> open.readOn(open.ends(), () -> closed, this::take));
        loading.accept(schedule);
        thread.start();
    }

    private void warnIfHidden() {
        try (Brokers brokers = new Brokers(connection)) {
            if (brokers.isHidden(topic)) {
                LOGGER.warn(
                        "{}: this client has no right to see this topic, so this instance takes no part in roll-outs; grant it DESCRIBE and READ",
                        topic);
            }
        }
    }

    /** All that was announced, as far as this instance knows. */
    public Schedule schedule() {
        return schedule;
    }

    private void follow() {
        while (!closed) {
            try {
                look();
            } catch (RuntimeException | OutOfMemoryError e) {
                if (reminder.isDue(String.valueOf(e.getMessage()))) {
                    LOGGER.warn("{} cannot be followed now, the last split goes on: {}", topic, e.getMessage());
                }
                pause();
            }
        }
        reader.ifPresent(CommittedReader::close);
    }

    private void look() {
        reader.ifPresentOrElse(
                open -> {
                    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                    open.poll(POLL).forEach(records::add);
                    take(records);
                },
                this::awaitTopic);
        loading.accept(schedule);
    }

    private void awaitTopic() {
        try (Topics topics = new Topics(connection)) {
            while (reader.isEmpty() && !closed) {
                pause();
                openIfThere(topics);
            }
        }
    }

    private void openIfThere(Topics topics) {
        if (topics.exists(topic)) {
            topics.requireLasting(topic);
            reader = Optional.of(new CommittedReader(connection, topic));
        }
    }

    /** Takes all or nothing: what cannot be read is read again from the beginning. */
    private void take(List<ConsumerRecord<byte[], byte[]>> records) {
        if (records.isEmpty()) {
            return;
        }
        try {
            records.forEach(record -> announcements.add(ScheduleTopic.announcement(record)));
            schedule = new Schedule(announcements);
        } catch (RuntimeException e) {
            announcements.clear();
            reader.ifPresent(open -> open.startAtBeginning(open.partitions()));
            throw e;
        }
    }

    private void pause() {
        try {
            synchronized (thread) {
                if (!closed) {
                    thread.wait(LOOK_EVERY.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void close() {
        synchronized (thread) {
            closed = true;
            thread.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
