package dev.cyclestream.stream.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.stream.ApplicationProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application id that would translate everything a second time, and those that would not. */
class EarlierResultsIT extends SetUpScene {

    private static final String[] IDS = {"a", "b", "c", "d", "e", "f", "g", "h"};

    @BeforeEach
    void makeTopics() {
        make(PARTITIONS, input, output, deadLetters);
        publish(input, IDS);
    }

    @Test
    void newIdWouldTranslateAgain() throws Exception {
        translate("first", IDS.length);
        assertThat(complaints(setUp("first"))).isEmpty();
        assertThat(complaints(setUp("second")))
                .singleElement()
                .asString()
                .startsWith("--application-id second: knows no position in partitions 0, 1 of " + input)
                .contains("what " + output + " holds already", "give the id that made these results")
                .contains("kafka-consumer-groups.sh --reset-offsets", "--translate-again");
        try (SetUpCheck check = new SetUpCheck(connection, setUp("second"), Optional.empty())) {
            assertThat(check.ofRegistry(true)).isEmpty();
        }
    }

    @Test
    void processIsRefusedUnlessItIsTold() throws Exception {
        translate("theirs", IDS.length);
        assertRefused(runAToB("others"), "--application-id others: knows no position", "--translate-again");
        assertRefused(runAToB("others", "--dry-run"), "--application-id others: knows no position");
        assertThat(admin.listGroups().all().get())
                .noneMatch(group -> group.groupId().equals("others"));
        try (ApplicationProcess again = start("again", runAToB("others", "--translate-again"))) {
            again.awaitSaying("running: ", PATIENCE);
            awaitImages(output, 2 * IDS.length);
            assertThat(again.terminate(PATIENCE)).as(again.said()).isZero();
        }
        try (ApplicationProcess goesOn = start("goes-on", runAToB("theirs"))) {
            goesOn.awaitSaying("running: ", PATIENCE);
            assertThat(goesOn.terminate(PATIENCE)).as(goesOn.said()).isZero();
        }
    }

    @Test
    void idWhoseOffsetsExpiredWouldTranslateAgain() throws Exception {
        translate("forgotten", IDS.length);
        admin.deleteConsumerGroupOffsets("forgotten", Set.of(new TopicPartition(input, 1)))
                .all()
                .get();
        assertThat(complaints(setUp("forgotten")))
                .singleElement()
                .asString()
                .startsWith("--application-id forgotten: knows no position in partition 1 of " + input);
    }

    @Test
    void freshApplicationIsNotBothered() {
        assertThat(complaints(setUp("fresh"))).isEmpty();
    }

    @Test
    void partitionsThatAreNewAreNotBothered() throws Exception {
        translate("grown", IDS.length);
        grow(output, 3);
        grow(input, 3);
        sendTo(2);
        assertThat(complaints(setUp("grown"))).isEmpty();
    }

    @Test
    void resultsWhoseInputsAreDeletedAreNotBothered() throws Exception {
        translate("before", IDS.length);
        admin.deleteRecords(Map.of(
                        new TopicPartition(input, 0), RecordsToDelete.beforeOffset(-1),
                        new TopicPartition(input, 1), RecordsToDelete.beforeOffset(-1)))
                .all()
                .get();
        sendTo(0);
        assertThat(complaints(setUp("after"))).isEmpty();
    }

    @Test
    void resultsOfATopicThatWasMadeAnewAreNotBothered() throws Exception {
        translate("steady", IDS.length);
        admin.deleteTopics(Set.of(input)).all().get();
        make(PARTITIONS, input);
        publish(input, IDS); // at the offsets of before
        assertThat(complaints(setUp("steady"))).isEmpty();
    }

    @Test
    void resultsThatWereNeverCommittedAreNotBothered() throws Exception {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "killed");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(output, 0, null, new byte[] {1})).get();
            producer.abortTransaction();
        }
        assertThat(complaints(setUp("killed"))).isEmpty();
    }

    @Test
    void resultsOfAnotherInputInTheSameTopicAreNotBothered() throws Exception {
        translate("one", IDS.length);
        String other = input + ".other";
        make(PARTITIONS, other);
        publish(other, IDS);
        assertThat(complaints(new SetUp("two", List.of(new SetUp.Link(other, output)), deadLetters)))
                .isEmpty();
    }

    private void sendTo(int partition) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                connection.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(input, partition, null, new byte[] {1}))
                    .get();
        }
    }
}
