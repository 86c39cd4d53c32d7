package dev.cyclestream.event;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** Avro serdes for record values, on Confluent's wire format: a zero byte, the schema's id, the record. */
public final class EventSerdes {

    /** A few bytes can claim to be 2 GiB, and Avro would allocate that before it looks for them. */
    private static final int MAX_BYTES = 64 << 20;

    private static final Set<String> OWN_CLASSES = Stream.of(
                    ImageEvent.class, ImageReference.class, TranslatedImage.class, Direction.class, Provenance.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    static {
        System.setProperty(
                "org.apache.avro.limits.bytes.maxLength",
                System.getProperty("org.apache.avro.limits.bytes.maxLength", Integer.toString(MAX_BYTES)));
        // Avro makes no instance of a class that a schema names, unless it is told to trust it.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> OWN_CLASSES.contains(type.getName())));
    }

    /** Waits of 0.2 s, doubled up to 10 s, each drawn at random below that: two minutes without a registry are bridged. */
    private static final Map<String, Object> PATIENCE = Map.of(
            AbstractKafkaSchemaSerDeConfig.MAX_RETRIES_CONFIG, 32,
            AbstractKafkaSchemaSerDeConfig.RETRIES_WAIT_MS_CONFIG, 200,
            AbstractKafkaSchemaSerDeConfig.RETRIES_MAX_WAIT_MS_CONFIG, 10_000);

    private static final int SCHEMA_NOT_FOUND = 404;
    private static final int SCHEMA_INVALID = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final String registryUrl;
    private final Map<String, String> access;
    private final Map<String, Object> settings;

    /**
     * Serdes that register and look up schemas at this registry.
     *
     * @param registryUrl such as {@code http://host:8081}; {@code mock://scope} is a registry within the process
     */
    public EventSerdes(String registryUrl) {
        this(registryUrl, Map.of());
    }

    /**
     * Serdes that are let in by a registry.
     *
     * @param access settings of the registry client, such as {@code basic.auth.user.info}
     */
    public EventSerdes(String registryUrl, Map<String, String> access) {
        this.registryUrl = registryUrl;
        this.access = Map.copyOf(access);
        settings = new HashMap<>(PATIENCE);
        settings.putAll(access);
        settings.put(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, registryUrl);
        settings.put(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true);
        // The registry holds what consumers in any language need, no hints for Java's code generator.
        settings.put(KafkaAvroSerializerConfig.AVRO_REMOVE_JAVA_PROPS_CONFIG, true);
    }

    /**
     * Makes sure that the registry answers, at the first try.
     *
     * @throws RegistryUnreachableException if it does not
     */
    public void requireRegistry() {
        Map<String, Object> impatient = new HashMap<>(access);
        impatient.put(AbstractKafkaSchemaSerDeConfig.MAX_RETRIES_CONFIG, 0);
        try (SchemaRegistryClient client = SchemaRegistryClientFactory.newClient(
                List.of(registryUrl), 1, List.of(new AvroSchemaProvider()), impatient, Map.of())) {
            client.getAllSubjects();
        } catch (IOException | RestClientException | RuntimeException e) {
            throw new RegistryUnreachableException(
                    "no schema registry answers at %s: %s".formatted(registryUrl, e.getMessage()), e);
        }
    }

    /**
     * Tells bytes that are no event from a registry that does not answer.
     *
     * @param failure what one of these deserializers threw
     * @return whether the same bytes would fail again whatever else changes
     */
    public static boolean isUnreadable(Exception failure) {
        if (failure instanceof KafkaException && !(failure instanceof SerializationException)) {
            return false; // the registry is slow, forbids access, ...
        }
        Throwable cause = failure.getCause();
        if (cause instanceof RestClientException answer) {
            return answer.getStatus() == SCHEMA_NOT_FOUND || answer.getStatus() == SCHEMA_INVALID;
        }
        boolean decoding = cause instanceof EOFException || cause instanceof InvalidNumberEncodingException;
        return decoding || !(cause instanceof IOException);
    }

    /**
     * Whether this says that the registry is away or overloaded, and may answer later.
     *
     * @param failure what a serializer or deserializer threw, or one of its causes
     */
    public static boolean isRegistryAway(Throwable failure) {
        return failure instanceof RestClientException answer
                ? answer.getStatus() >= SERVER_ERROR || answer.getStatus() == TOO_MANY_REQUESTS
                : failure instanceof ConnectException || failure instanceof SocketTimeoutException;
    }

    /** Image events; other records fail to deserialize. */
    public Serde<ImageEvent> imageEvents() {
        return serde(ImageEvent.class);
    }

    /** Translated images; other records fail to deserialize. */
    public Serde<TranslatedImage> translatedImages() {
        return serde(TranslatedImage.class);
    }

    /** Records of either kind: each comes as the class that its schema names. */
    public Deserializer<SpecificRecord> anyEvent() {
        return deserializer(SpecificRecord.class, settings);
    }

    private <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        Map<String, Object> typed = new HashMap<>(settings);
        typed.put(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_VALUE_TYPE_CONFIG, type.getName());
        Serializer<Object> serializer = new KafkaAvroSerializer();
        serializer.configure(typed, false);
        return Serdes.serdeFrom(serializer::serialize, deserializer(type, typed));
    }

    private static <T> Deserializer<T> deserializer(Class<T> type, Map<String, Object> settings) {
        Deserializer<Object> deserializer = new KafkaAvroDeserializer();
        deserializer.configure(settings, false);
        return (topic, bytes) -> type.cast(deserializer.deserialize(topic, bytes));
    }
}
