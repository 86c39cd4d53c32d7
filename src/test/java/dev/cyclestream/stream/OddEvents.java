package dev.cyclestream.stream;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Serializer;

/** Values of records, as writers make them who use other schemas, or none. */
final class OddEvents {

    static final String NEWER = "{\"name\":\"camera\",\"type\":\"string\",\"default\":\"unknown\"}";

    private static final int FIRST_ODD_ID = 2000;
    private static final int NEWER_ID = 1990;
    private static final int OLDER_ID = 1991;
    private static final int NESTED_ID = 1992;
    private static final int RENAMED_ID = 1993;
    private static final int ID_BYTES = 5;
    private static final int DEEP = 200_000;

    private final Serializer<ImageEvent> serializer;
    private final List<Map<String, ?>> unreadable = unreadable();
    private final Schema older;

    /** The registry holds what the writers registered. */
    OddEvents(KafkaConnection connection, TestRegistry registry) {
        serializer = connection.serdes().imageEvents().serializer();
        older = withoutAttributes();
        registry.put(NEWER_ID, schema(RegistryIT.withCamera(NEWER)));
        registry.put(OLDER_ID, schema(older));
        registry.put(RENAMED_ID, Map.of("schema", renamed()));
        registry.put(NESTED_ID, schema(new Schema.Parser().parse(nested())));
        for (int index = 0; index < unreadable.size(); index++) {
            registry.put(FIRST_ODD_ID + index, unreadable.get(index));
        }
    }

    byte[] of(byte[] image) {
        return serializer.serialize(TestKafka.INPUT, TestImages.event("odd", image));
    }

    byte[] of(String uri, long size, String sha256) {
        ImageEvent event = ImageEvent.newBuilder(TestImages.event("odd", new byte[0]))
                .setImage(new ImageReference(uri, size, sha256))
                .build();
        return serializer.serialize(TestKafka.INPUT, event);
    }

    byte[] withId(int id, byte[] event) {
        ByteBuffer.wrap(event).putInt(1, id);
        return event;
    }

    /** How many schemas there are that nobody here can read with. */
    int unreadableSchemas() {
        return unreadable.size();
    }

    byte[] ofUnreadableSchema(int index) {
        return withId(FIRST_ODD_ID + index, of(TestImages.png(5)));
    }

    byte[] ofNewerWriter() {
        GenericRecord event = RegistryIT.genericEvent(RegistryIT.withCamera(NEWER));
        event.put("camera", "front");
        return written(NEWER_ID, event);
    }

    byte[] ofOlderWriter() {
        GenericRecord event = new GenericData.Record(older);
        GenericRecord all = RegistryIT.genericEvent(ImageEvent.getClassSchema());
        older.getFields().forEach(field -> event.put(field.name(), all.get(field.name())));
        return written(OLDER_ID, event);
    }

    /** The fields are ours, the names are those of a class that is better left alone. */
    byte[] ofRenamedWriter() {
        return withId(RENAMED_ID, of(TestImages.png(5)));
    }

    /** Any text as the event's id and as its type. */
    byte[] of(String id, String contentType) {
        ImageEvent event = ImageEvent.newBuilder(TestImages.event(id, TestImages.png(5)))
                .setContentType(contentType)
                .build();
        return serializer.serialize(TestKafka.INPUT, event);
    }

    /** A list whose end is so far away that the stack does not reach it. */
    byte[] ofDeepWriter() {
        byte[] value = new byte[ID_BYTES + DEEP + 1];
        Arrays.fill(value, (byte) 2);
        value[0] = 0;
        ByteBuffer.wrap(value).putInt(1, NESTED_ID);
        value[value.length - 1] = 0;
        return value;
    }

    /** An event whose image claims to have so many bytes. */
    byte[] thatClaims(long bytes) throws IOException {
        ByteArrayOutputStream value = start(1);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(value, null);
        encoder.writeString("odd");
        encoder.writeString("image/png");
        encoder.writeIndex(0);
        encoder.writeLong(bytes);
        encoder.flush();
        value.writeBytes(TestImages.png(6));
        return value.toByteArray();
    }

    /** Bytes without sense, perhaps behind what looks like the id of a schema. */
    static byte[] garbage(Random random) {
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        if (garbage.length > 0 && random.nextBoolean()) {
            garbage[0] = 0;
        }
        return garbage;
    }

    private static byte[] written(int id, GenericRecord event) {
        ByteArrayOutputStream value = start(id);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(value, null);
        try {
            new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return value.toByteArray();
    }

    private static ByteArrayOutputStream start(int id) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(0);
        value.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        return value;
    }

    private static Map<String, ?> schema(Schema schema) {
        return Map.of("schema", schema.toString());
    }

    private static List<Map<String, ?>> unreadable() {
        String event = ImageEvent.getClassSchema().toString();
        return List.of(
                Map.of("schema", "{not json"),
                Map.of("schema", "\"string\""),
                Map.of("schema", event.replace("dev.cyclestream.event", "com.my-company")),
                Map.of("schema", event.replace("\"attributes\"", "\"my-attributes\"")),
                Map.of("schema", event.replace("\"takenAt\"", "\"contentType\"")),
                Map.of("schema", withReference(), "references", List.of(reference("gone"))),
                Map.of("schema", withReference()),
                Map.of(
                        "schema",
                        "syntax = \"proto3\"; message ImageEvent { string imageId = 1; }",
                        "schemaType",
                        "PROTOBUF"),
                Map.of("schema", "{\"type\":\"object\"}", "schemaType", "JSON"),
                Map.of("schema", endless()),
                Map.of("schema", event.replace("\"imageId\"", "\"otherId\"")));
    }

    private static Map<String, ?> reference(String subject) {
        return Map.of("name", "dev.cyclestream.event.ImageReference", "subject", subject, "version", 1);
    }

    /** Names a record that is defined elsewhere. */
    private static String withReference() {
        JsonObject event = new Gson().fromJson(ImageEvent.getClassSchema().toString(), JsonObject.class);
        JsonArray union = new JsonArray();
        union.add("bytes");
        union.add("dev.cyclestream.event.ImageReference");
        field(event, "image").add("type", union);
        return event.toString();
    }

    private static Schema withoutAttributes() {
        JsonObject event = new Gson().fromJson(ImageEvent.getClassSchema().toString(), JsonObject.class);
        event.getAsJsonArray("fields").remove(field(event, "attributes"));
        return new Schema.Parser().parse(event.toString());
    }

    private static JsonObject field(JsonObject event, String name) {
        for (JsonElement field : event.getAsJsonArray("fields")) {
            if (field.getAsJsonObject().get("name").getAsString().equals(name)) {
                return field.getAsJsonObject();
            }
        }
        throw new AssertionError(name);
    }

    private static String renamed() {
        return ImageEvent.getClassSchema()
                .toString()
                .replace("\"ImageEvent\"", "\"MLet\"")
                .replace("dev.cyclestream.event", "javax.management.loading");
    }

    /** A record that holds itself, without a way out. */
    private static String endless() {
        return "{\"type\":\"record\",\"name\":\"ImageEvent\",\"namespace\":\"dev.cyclestream.event\","
                + "\"fields\":[{\"name\":\"inner\",\"type\":\"ImageEvent\"}]}";
    }

    /** Ours, with a list in front that may have any length. */
    private static String nested() {
        return ImageEvent.getClassSchema()
                .toString()
                .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"list\",\"type\":{\"type\":\"record\",\"name\":\"Item\","
                                + "\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Item\"]}]}},");
    }
}
