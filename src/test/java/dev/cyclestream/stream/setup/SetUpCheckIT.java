package dev.cyclestream.stream.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.BrokerSettings;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.ApplicationProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Topics, settings and subjects that do not suit what an instance is going to do. */
class SetUpCheckIT extends SetUpScene {

    private static final String ORDER =
            "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"com.shop\",\"fields\":[]}";

    @Test
    void outputWithFewerPartitionsThanItsInputIsRefused() throws Exception {
        make(PARTITIONS, input, output, deadLetters);
        assertThat(complaints(setUp("app"))).isEmpty();
        grow(input, 3);
        assertThat(complaints(setUp("app")))
                .containsExactly(
                        "%s has 3 partitions and %s only 2, where images of several partitions would be mixed; add some: kafka-topics.sh --alter --topic %s --partitions 3"
                                .formatted(input, output, output));
        assertRefused(runAToB("app"), input + " has 3 partitions and " + output + " only 2");
        grow(output, 4);
        assertThat(complaints(setUp("app"))).isEmpty();
    }

    @Test
    void topicsInWhichSomethingElseIsKeptAreRefused() throws Exception {
        make(PARTITIONS, input, output);
        admin.alterConsumerGroupOffsets("any", Map.of(new TopicPartition(input, 0), new OffsetAndMetadata(0)))
                .all()
                .get();
        List<SetUp.Link> links = List.of(new SetUp.Link(input, output));
        assertThat(complaints(new SetUp("app", links, "__consumer_offsets")))
                .singleElement()
                .asString()
                .contains("topic __consumer_offsets", "the brokers keep their own records");
        assertThat(complaints(new SetUp("app", links, "app-failures")))
                .singleElement()
                .asString()
                .contains("topic app-failures", "name another one");
        assertThat(complaints(new SetUp("app", List.of(new SetUp.Link(input, deadLetters + "-redriven")), deadLetters)))
                .singleElement()
                .asString()
                .contains("topic " + deadLetters + "-redriven");
    }

    @Test
    void transactionThatTheBrokersDoNotGrantIsRefused() throws Exception {
        make(PARTITIONS, input, output, deadLetters);
        assertThat(BrokerSettings.of(connection).longestTransaction()).isEqualTo(Duration.ofMinutes(1));
        assertRefused(
                runAToB("app", "--transaction-timeout", "PT2M"),
                "--transaction-timeout: the brokers grant at most PT1M (transaction.max.timeout.ms), found PT2M");
        try (ApplicationProcess sound = start("sound", runAToB("app", "--transaction-timeout", "PT1M"))) {
            sound.awaitSaying("running: ", PATIENCE);
            assertThat(sound.terminate(PATIENCE)).as(sound.said()).isZero();
        }
    }

    @Test
    void transactionThatTheProgramChoosesIsOneThatTheBrokersGrant() throws Exception {
        try (TestKafka strict = TestKafka.start(1, Map.of("transaction.max.timeout.ms", "4000"))) {
            publish(strict.connection(), TestKafka.INPUT, "one");
            List<String> where = List.of(
                    "--bootstrap-servers",
                    strict.connection().bootstrapServers(),
                    "--schema-registry",
                    strict.connection().schemaRegistry(),
                    "--max-side",
                    "64",
                    "--max-image-bytes",
                    TestKafka.MAX_IMAGE_BYTES_OPTION);
            String checkpoint = DemoCheckpoint.file("a-to-b.onnx").toString();
            List<String> replay =
                    new ArrayList<>(List.of("replay", "--topic", TestKafka.INPUT, "--checkpoint", checkpoint));
            replay.addAll(where);
            try (ApplicationProcess process = start("replay", replay)) {
                assertThat(process.exitCode(PATIENCE)).as(process.said()).isZero();
            }
            List<String> run = new ArrayList<>(List.of("run", "--a-to-b", checkpoint));
            run.addAll(where);
            try (ApplicationProcess process = start("run", run)) {
                process.awaitSaying("transactions of up to 4 s", PATIENCE);
                process.awaitSaying("running: ", PATIENCE);
                assertThat(process.terminate(PATIENCE)).as(process.said()).isZero();
            }
        }
    }

    @Test
    void subjectsThatHoldSomethingElseAreRefused() throws Exception {
        make(PARTITIONS, input, output, deadLetters);
        register(output, ORDER);
        String complaint =
                "%s: expected a topic for translated images (dev.cyclestream.event.TranslatedImage), found com.shop.Order in version 1 of subject %s-value"
                        .formatted(output, output);
        assertThat(complaints(setUp("app"))).singleElement().asString().startsWith(complaint);
        assertRefused(runAToB("app"), complaint);
        assertRefused(runAToB("app", "--dry-run"), complaint);
    }

    @Test
    void topicsOfImagesThatAreGivenForSomethingElseAreRefused() throws Exception {
        make(PARTITIONS, input, output, deadLetters);
        register(input, schema(TranslatedImage.getClassSchema()));
        register(output, schema(ImageEvent.getClassSchema()));
        register(deadLetters, schema(ImageEvent.getClassSchema()));
        assertThat(complaints(setUp("app")))
                .hasSize(3)
                .anyMatch(line -> line.startsWith(input + ": expected image events, found results of a translation"))
                .anyMatch(line -> line.startsWith(output + ": expected a topic for translated images"))
                .anyMatch(line -> line.startsWith(
                        deadLetters + ": expected a topic for dead letters only, found that images are written there"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws Exception {
        make(3, input);
        make(2, output, deadLetters);
        register(output, ORDER);
        try (ApplicationProcess refused = start("refused", runAToB("app", "--transaction-timeout", "PT2M"))) {
            assertThat(refused.exitCode(PATIENCE)).as(refused.said()).isEqualTo(2);
            assertThat(refused.said()
                            .lines()
                            .filter(line -> line.contains(" ERROR "))
                            .toList())
                    .hasSize(3);
        }
    }

    @Test
    void registryAtTheAddressOfABrokerIsRefused() {
        make(PARTITIONS, input, output, deadLetters);
        KafkaConnection wrong =
                new KafkaConnection(connection.bootstrapServers(), "http://" + connection.bootstrapServers());
        try (SetUpCheck check = new SetUpCheck(wrong, setUp("app"), Optional.empty())) {
            assertThat(check.ofRegistry(false))
                    .containsExactly(
                            "--schema-registry: expected the address of a schema registry, found that of a broker (--bootstrap-servers %s)"
                                    .formatted(connection.bootstrapServers()));
        }
    }

    @Test
    void checkAloneChangesNothing() throws Exception {
        try (ApplicationProcess check = start("check", runAToB("unseen", "--dry-run", "--partitions", "3"))) {
            assertThat(check.exitCode(PATIENCE)).as(check.said()).isZero();
            assertThat(check.said())
                    .contains("would make topic %s with 3 partitions".formatted(input))
                    .contains("would make topic %s with 3 partitions".formatted(output))
                    .contains("would make topic %s with 3 partitions".formatted(deadLetters));
        }
        assertThat(admin.listTopics().names().get()).doesNotContain(input, output, deadLetters, "unseen-failures");
        assertThat(admin.listGroups().all().get())
                .noneMatch(group -> group.groupId().equals("unseen"));
        assertThat(subjects()).doesNotContain(input, output, deadLetters);
    }

    @Test
    void resultsGetAsManyPartitionsAsTheirInputHas() throws Exception {
        make(5, input);
        try (ApplicationProcess makes = start("makes", runAToB("makes", "--partitions", "3"))) {
            makes.awaitSaying("running: ", PATIENCE);
            assertThat(makes.terminate(PATIENCE)).as(makes.said()).isZero();
        }
        try (Topics topics = new Topics(connection)) {
            assertThat(topics.partitions(List.of(output))).isEqualTo(5);
            assertThat(topics.partitions(List.of(deadLetters))).isEqualTo(3);
        }
    }

    @Test
    void inputThatIsMadeHasNoMorePartitionsThanItsResults() throws Exception {
        make(3, output);
        SetUp setUp = setUp("app");
        try (SetUpCheck check = new SetUpCheck(connection, setUp, Optional.empty())) {
            assertThat(check.topics().describe()).contains("topic %s with 3 partitions".formatted(input));
            assertThat(check.ofBrokers(true)).isEmpty();
        }
        try (SetUpCheck check = new SetUpCheck(connection, setUp, Optional.of(4))) {
            assertThat(check.ofBrokers(true))
                    .singleElement()
                    .asString()
                    .startsWith(input + " has 4 partitions and " + output + " only 3");
        }
    }

    private static String schema(Schema schema) {
        return schema.toString();
    }

    private static void register(String topic, String schema) throws Exception {
        URI uri = URI.create("%s/subjects/%s-value/versions".formatted(connection.schemaRegistry(), topic));
        String body = new Gson().toJson(Map.of("schema", schema));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private static String subjects() throws Exception {
        URI uri = URI.create(connection.schemaRegistry() + "/subjects");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
