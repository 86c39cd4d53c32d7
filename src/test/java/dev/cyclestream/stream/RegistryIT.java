package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cyclestream.deadletter.FailureKind;
import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.RegistryRefusedException;
import dev.cyclestream.event.RegistryUnreachableException;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.event.WrongSubjectException;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Confluent's client and our serdes against a real registry over HTTP. */
@Timeout(300)
class RegistryIT {

    private static final Path RELEASED = Path.of("..", "schemas", "src", "test", "resources", "released");
    private static final Schema EVENT = ImageEvent.getClassSchema();
    private static final Schema WITH_CAMERA =
            withCamera("{\"name\":\"camera\",\"type\":\"string\",\"default\":\"unknown\"}");
    private static final Schema WITH_CAMERA_NEEDED = withCamera("{\"name\":\"camera\",\"type\":\"string\"}");
    private static final int UNKNOWN_ID = 999_999;
    private static final int INCOMPATIBLE = 409;

    @TempDir
    private static Path folder;

    private static RegistryProcess registry;

    private final String topic = "images-" + UUID.randomUUID();
    private final String subject = topic + "-value";
    private SchemaRegistryClient client;
    private EventSerdes serdes;

    @BeforeAll
    static void start() throws Exception {
        registry = RegistryProcess.started(folder);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @BeforeEach
    void connect() {
        client = new CachedSchemaRegistryClient(registry.url(), 10);
        serdes = new EventSerdes(registry.url());
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    @Test
    void whatIsWrittenIsRegisteredUnderItsTopicAndRead() throws Exception {
        ImageEvent event = TestImages.event("cat", TestImages.png(1));
        byte[] bytes = serdes.imageEvents().serializer().serialize(topic, event);
        assertThat(serdes.imageEvents().deserializer().deserialize(topic, bytes))
                .isEqualTo(event);
        assertThat(client.getAllSubjects()).contains(subject);
        Schema registered = new SchemaParser()
                .parse(client.getLatestSchemaMetadata(subject).getSchema())
                .mainSchema();
        assertThat(registered.getFields()).extracting(Schema.Field::name).containsExactlyElementsOf(fieldsOf(EVENT));
        assertThat(registered.toString()).doesNotContain("avro.java.string");
    }

    @Test
    void anotherProcessReadsWhatThisOneRegistered() throws Exception {
        byte[] bytes = serdes.imageEvents().serializer().serialize(topic, TestImages.event("cat", TestImages.png(1)));
        EventSerdes others = new EventSerdes(registry.url());
        assertThat(others.anyEvent().deserialize(topic, bytes)).isInstanceOf(ImageEvent.class);
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        assertThat(client.getSchemaById(id).name()).isEqualTo(EVENT.getFullName());
    }

    @Test
    void oldReaderReadsWhatANewerWriterWrote() throws Exception {
        register(EVENT, "FULL");
        GenericRecord event = genericEvent(WITH_CAMERA);
        event.put("camera", "front");
        byte[] bytes;
        try (KafkaAvroSerializer newer = new KafkaAvroSerializer()) {
            newer.configure(Map.of("schema.registry.url", registry.url()), false);
            bytes = newer.serialize(topic, event);
        }
        assertThat(client.getAllVersions(subject)).hasSize(2);
        ImageEvent read = serdes.imageEvents().deserializer().deserialize(topic, bytes);
        assertThat(read.getImageId()).isEqualTo("cat");
    }

    @Test
    void newerReaderReadsWhatAnOldWriterWrote() {
        byte[] bytes = serdes.imageEvents().serializer().serialize(topic, TestImages.event("cat", TestImages.png(1)));
        try (KafkaAvroDeserializer newer = new KafkaAvroDeserializer()) {
            newer.configure(Map.of("schema.registry.url", registry.url()), false);
            GenericRecord read = (GenericRecord) newer.deserialize(topic, bytes, WITH_CAMERA);
            assertThat(read.get("imageId")).hasToString("cat");
            assertThat(read.get("camera")).hasToString("unknown");
        }
    }

    @Test
    void incompatibleSchemaIsRejectedAndNothingIsWritten() throws Exception {
        register(EVENT, "FULL");
        assertThat(client.testCompatibility(subject, new AvroSchema(WITH_CAMERA)))
                .isTrue();
        assertThat(client.testCompatibility(subject, new AvroSchema(WITH_CAMERA_NEEDED)))
                .isFalse();
        RestClientException rejected = catchThrowableOfType(
                RestClientException.class, () -> client.register(subject, new AvroSchema(WITH_CAMERA_NEEDED)));
        assertThat(rejected).isNotNull();
        assertThat(rejected.getStatus()).isEqualTo(INCOMPATIBLE);
        assertThat(client.getAllVersions(subject)).hasSize(1);
    }

    @Test
    void ourSchemaThatTheTopicDoesNotTakeIsNoTransientFailure() throws Exception {
        register(WITH_CAMERA_NEEDED, "FULL");
        ImageEvent event = TestImages.event("cat", TestImages.png(1));
        Exception failure =
                catchException(() -> serdes.imageEvents().serializer().serialize(topic, event));
        assertThat(failure)
                .isInstanceOf(RegistryRefusedException.class)
                .hasRootCauseInstanceOf(RestClientException.class);
        assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.FATAL);
        assertThatThrownBy(() -> serdes.learnSchemas(List.of(), List.of(topic)))
                .isInstanceOf(WrongSubjectException.class)
                .hasMessageContaining(topic + ": expected a topic for translated images")
                .hasMessageContaining("found dev.cyclestream.event.ImageEvent in version 1 of subject " + subject);
    }

    @Test
    void subjectOfAnotherRecordIsSeenBeforeAnythingIsRegistered() throws Exception {
        Schema order = new SchemaParser()
                .parse("{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}")
                .mainSchema();
        register(order, "NONE");
        assertThat(serdes.subjectComplaints(List.of(), List.of(topic), List.of()))
                .singleElement()
                .asString()
                .contains("found Order in version 1 of subject " + subject);
        assertThat(client.getAllVersions(subject)).hasSize(1);
    }

    @Test
    void subjectThatDoesNotTakeOurSchemaIsSeenBeforeAnythingIsRegistered() throws Exception {
        String more = "{\"name\":\"camera\",\"type\":\"string\"},";
        String images = TranslatedImage.getClassSchema().toString();
        Schema newer = new SchemaParser()
                .parse(images.replaceFirst("\"fields\":\\[", "\"fields\":[" + more))
                .mainSchema();
        register(newer, "FULL");
        assertThat(serdes.subjectComplaints(List.of(), List.of(topic), List.of()))
                .singleElement()
                .asString()
                .contains("does not go together with version 1 of subject " + subject);
        assertThat(client.getAllVersions(subject)).hasSize(1);
    }

    @Test
    void subjectOfOursIsFine() throws Exception {
        serdes.learnSchemas(List.of(), List.of(topic));
        assertThat(client.getAllVersions(subject)).hasSize(1);
        assertThat(serdes.subjectComplaints(List.of(), List.of(topic), List.of()))
                .isEmpty();
    }

    @Test
    void wherePathOfTheApiIsMissingItIsFound() {
        EventSerdes withoutPath = new EventSerdes(registry.url().replaceFirst("/apis.*", ""));
        assertThatThrownBy(withoutPath::requireRegistry)
                .isInstanceOf(RegistryUnreachableException.class)
                .hasMessageContaining("what answers there is no schema registry")
                .hasMessageNotContaining("null");
        assertThat(withoutPath.registryNearby()).contains(registry.url());
        assertThat(new EventSerdes(registry.url() + "/v9").registryNearby()).contains(registry.url());
    }

    @Test
    void everyReleasedVersionAndThePresentOneGoTogether() throws Exception {
        List<Path> versions;
        try (var folders = Files.list(RELEASED)) {
            versions = folders.sorted().toList();
        }
        assertThat(versions).isNotEmpty();
        String images = "translated-" + subject;
        for (Path version : versions) {
            SchemaParser parser = new SchemaParser();
            client.register(
                    subject,
                    new AvroSchema(
                            parser.parse(version.resolve("image-event.avsc")).mainSchema()));
            client.register(
                    images,
                    new AvroSchema(parser.parse(version.resolve("translated-image.avsc"))
                            .mainSchema()));
        }
        for (String each : List.of(subject, images)) {
            client.updateCompatibility(each, "FULL_TRANSITIVE");
        }
        assertThat(client.register(subject, new AvroSchema(EVENT))).isPositive();
        assertThat(client.register(images, new AvroSchema(TranslatedImage.getClassSchema())))
                .isPositive();
    }

    @Test
    void unknownIdIsAClearErrorAndTheFaultOfTheBytes() {
        byte[] bytes = ByteBuffer.allocate(12).put((byte) 0).putInt(UNKNOWN_ID).array();
        assertThatThrownBy(() -> client.getSchemaById(UNKNOWN_ID))
                .isInstanceOf(RestClientException.class)
                .hasMessageContaining(Integer.toString(UNKNOWN_ID));
        Exception failure =
                catchException(() -> serdes.imageEvents().deserializer().deserialize(topic, bytes));
        assertThat(failure).hasMessageContaining(Integer.toString(UNKNOWN_ID));
        assertThat(EventSerdes.isUnreadable(failure)).isTrue();
    }

    private void register(Schema schema, String compatibility) throws IOException, RestClientException {
        client.register(subject, new AvroSchema(schema));
        client.updateCompatibility(subject, compatibility);
    }

    /** The schema of image events with one field more. */
    static Schema withCamera(String field) {
        String extended = EVENT.toString().replaceFirst("\"fields\":\\[", "\"fields\":[" + field + ",");
        return new SchemaParser().parse(extended).mainSchema();
    }

    /** An event as a writer would make it that knows only this schema. */
    static GenericRecord genericEvent(Schema schema) {
        GenericRecord event = new GenericData.Record(schema);
        event.put("imageId", "cat");
        event.put("contentType", "image/png");
        event.put("image", ByteBuffer.wrap(TestImages.png(1)));
        event.put("takenAt", TestImages.TAKEN_AT.toEpochMilli());
        event.put("attributes", Map.of());
        return event;
    }

    private static List<String> fieldsOf(Schema schema) {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }
}
