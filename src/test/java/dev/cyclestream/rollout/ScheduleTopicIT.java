package dev.cyclestream.rollout;

import static dev.cyclestream.rollout.Splits.checkpoint;
import static dev.cyclestream.rollout.Splits.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cyclestream.event.Direction;
import dev.cyclestream.kafka.EmbeddedBroker;
import dev.cyclestream.kafka.ExclusiveProducer;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.rollout.Announcement.Action;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.rollout.Split.Candidate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class ScheduleTopicIT {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.123Z");
    private static EmbeddedBroker broker;
    private static KafkaConnection connection;

    private String application;
    private ScheduleTopic topic;

    private static Split start(Schedule schedule) {
        return schedule.start(Direction.A_TO_B, () -> checkpoint('a'), checkpoint('b'), new Trial(0.05, true), "s1");
    }

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(Map.of());
        connection = new KafkaConnection(broker.bootstrapServers(), "mock://schedule");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        application = test.getTestMethod().orElseThrow().getName();
        topic = new ScheduleTopic(connection, application, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void makeTopics() {
        RolloutTopics.makeMissing(connection, application, 3);
    }

    @Test
    void nothingIsAnnouncedBeforeTheTopicExists() {
        assertThat(topic.read()).isEqualTo(Schedule.EMPTY);
    }

    @Test
    void whatIsAnnouncedIsReadAgain() {
        makeTopics();
        topic.announce(Action.START, "ada@host", ScheduleTopicIT::start);
        topic.announce(Action.PROMOTE, "bob@host", schedule -> schedule.promote(Direction.A_TO_B));

        assertThat(topic.read().announcements())
                .containsExactly(
                        new Announcement(
                                split(1, 'a', new Candidate(checkpoint('b'), 0.05, true, "s1")),
                                Action.START,
                                "ada@host",
                                NOW),
                        new Announcement(split(2, 'b'), Action.PROMOTE, "bob@host", NOW));
    }

    @Test
    void aStepThatCannotFollowIsNotAnnounced() {
        makeTopics();
        assertThatThrownBy(() ->
                        topic.announce(Action.PROMOTE, "ada@host", schedule -> schedule.promote(Direction.A_TO_B)))
                .isInstanceOf(RolloutRefusedException.class);

        assertThat(topic.read()).isEqualTo(Schedule.EMPTY);
    }

    @Test
    void ofTwoOperatorsAtOnceOneIsRefused() {
        makeTopics();
        ScheduleTopic other = new ScheduleTopic(connection, application);

        assertThatThrownBy(() -> topic.announce(Action.START, "ada@host", schedule -> {
                    other.announce(Action.START, "bob@host", ScheduleTopicIT::start);
                    return start(schedule);
                }))
                .isInstanceOf(RolloutRefusedException.class)
                .hasMessageContaining("another operator has announced a split at the same time");

        assertThat(topic.read().announcements()).extracting(Announcement::by).containsExactly("bob@host");
    }

    @Test
    void whatAnOperatorLeftHalfDoneIsNotAnnounced() {
        makeTopics();
        topic.announce(Action.START, "ada@host", ScheduleTopicIT::start);
        try (Producer<String, String> died = ExclusiveProducer.open(connection, ScheduleTopic.name(application))) {
            died.beginTransaction();
            var unused = died.send(new ProducerRecord<>(ScheduleTopic.name(application), "2", "half"));
            died.flush();
            topic.announce(Action.ROLL_BACK, "bob@host", schedule -> schedule.rollBack(Direction.A_TO_B));
        }

        assertThat(topic.read().announcements())
                .extracting(announcement -> announcement.split().number(), Announcement::action)
                .containsExactly(tuple(1L, Action.START), tuple(2L, Action.ROLL_BACK));
    }

    @Test
    void brokersThatGrantShortTransactionsOnlyTakeAnnouncements() throws Exception {
        try (EmbeddedBroker strict = EmbeddedBroker.start(Map.of("transaction.max.timeout.ms", "4000"))) {
            KafkaConnection there = new KafkaConnection(strict.bootstrapServers(), "mock://schedule");
            RolloutTopics.makeMissing(there, application, 3);
            ScheduleTopic schedule = new ScheduleTopic(there, application);

            schedule.announce(Action.START, "ada@host", ScheduleTopicIT::start);

            assertThat(schedule.read().announcements()).hasSize(1);
        }
    }

    @Test
    void aTopicThatForgetsIsRefused() throws Exception {
        NewTopic forgetful = new NewTopic(ScheduleTopic.name(application), Optional.of(1), Optional.empty())
                .configs(Map.of("cleanup.policy", "delete"));
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.createTopics(List.of(forgetful)).all().get();
        }

        assertThatThrownBy(() -> topic.announce(Action.START, "ada@host", ScheduleTopicIT::start))
                .hasMessageContaining("expected cleanup.policy=compact, found delete");
    }

    @Test
    void aRecordThatIsNoAnnouncementIsNamed() {
        makeTopics();
        topic.announce(Action.START, "ada@host", ScheduleTopicIT::start);
        try (Producer<String, String> stranger = ExclusiveProducer.open(connection, "stranger")) {
            stranger.beginTransaction();
            var unused = stranger.send(new ProducerRecord<>(ScheduleTopic.name(application), "2", "{\"split\": 2}"));
            stranger.commitTransaction();
        }

        assertThatThrownBy(topic::read)
                .isInstanceOf(UnreadableScheduleException.class)
                .hasMessage(ScheduleTopic.name(application)
                        + " partition 0 offset 2: expected an announced split, found \"{\"split\": 2}\"");
    }
}
