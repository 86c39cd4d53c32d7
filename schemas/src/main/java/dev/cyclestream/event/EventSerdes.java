package dev.cyclestream.event;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** Items of a list or a map; some kinds take no byte each. */
    private static final int MAX_ITEMS = 1 << 20;

    private static final Set<String> OWN_CLASSES = Stream.of(
                    ImageEvent.class, ImageReference.class, TranslatedImage.class, Direction.class, Provenance.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    static {
        limit("bytes.maxLength", MAX_BYTES);
        limit("string.maxLength", MAX_BYTES);
        limit("collectionItems.maxLength", MAX_ITEMS);
        // Avro makes no instance of a class that a schema names, unless it is told to trust it.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> OWN_CLASSES.contains(type.getName())));
    }

    /** The time that commands bridge while a person waits. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static void limit(String name, int value) {
        String property = "org.apache.avro.limits." + name;
        System.setProperty(property, System.getProperty(property, Integer.toString(value)));
    }

    private final RegistryAccess registry;
    private final Supplier<Optional<String>> nearby;
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
        this(registryUrl, access, PATIENCE);
    }

    /**
     * Serdes that ask a registry that does not answer again for a while.
     *
     * @param patience how long at most; then they fail, see {@link #isRegistryAway}
     */
    public EventSerdes(String registryUrl, Map<String, String> access, Duration patience) {
        registry = new RegistryAccess(registryUrl, access, patience);
        nearby = () -> RegistrySearch.near(registryUrl, access);
        settings = new HashMap<>();
        settings.put(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, registry.urls());
        settings.put(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true);
        // The registry holds what consumers in any language need, no hints for Java's code generator.
        settings.put(KafkaAvroSerializerConfig.AVRO_REMOVE_JAVA_PROPS_CONFIG, true);
    }

    /** The state of the registry, as answers show it. */
    public RegistryWatch registryWatch() {
        return registry.watch();
    }

    /**
     * Makes sure that the registry answers, at the first try.
     *
     * @throws RegistryUnreachableException if it does not
     * @throws RegistryRefusedException if it does not let us in
     */
    public void requireRegistry() {
        SchemaLearning.ask(() -> registry.impatient().getAllSubjects());
    }

    /**
     * Gets what is needed to go on while the registry is away: the schemas that image events are written with now and were of
     * late, and the id of the schema of translated images. At the first try.
     *
     * @param inputTopics of image events
     * @param outputTopics of translated images
     * @throws RegistryUnreachableException if the registry does not answer
     * @throws RegistryRefusedException if it does not let us in
     * @throws WrongSubjectException if a topic is meant for something else
     */
    public void learnSchemas(Collection<String> inputTopics, Collection<String> outputTopics) {
        requireRegistry();
        List<String> complaints = subjectComplaints(inputTopics, outputTopics, List.of());
        if (!complaints.isEmpty()) {
            throw new WrongSubjectException(complaints);
        }
        SchemaLearning learning = new SchemaLearning(registry);
        inputTopics.forEach(learning::recentOf);
        outputTopics.forEach(topic -> learning.registered(topic, written()));
        registry.watch().answered();
    }

    /**
     * The objections of the subjects of topics to their use, a line each. Asks at the first try, and changes nothing.
     *
     * @param inputTopics of image events
     * @param outputTopics of translated images
     * @param topicsOfBytes of records without a schema
     * @throws RegistryUnreachableException if the registry does not answer
     */
    public List<String> subjectComplaints(
            Collection<String> inputTopics, Collection<String> outputTopics, Collection<String> topicsOfBytes) {
        SubjectCheck check = new SubjectCheck(registry.impatient(), written());
        return Stream.of(
                        inputTopics.stream().map(check::ofInput),
                        outputTopics.stream().map(check::ofOutput),
                        topicsOfBytes.stream().map(check::ofBytes))
                .flatMap(complaints -> complaints)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The path at the same host and port at which a registry answers; empty if there is none. */
    public Optional<String> registryNearby() {
        return nearby.get();
    }

    private static AvroSchema written() {
        return new AvroSchema(AvroSchemaUtils.getSchema(new TranslatedImage(), false, false, true));
    }

    /**
     * Tells bytes that are no event from a registry that does not answer.
     *
     * @param failure what one of these deserializers threw
     * @return whether the same bytes would fail again whatever else changes
     */
    public static boolean isUnreadable(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isRegistryAway(cause) || isRefusedByRegistry(cause)) {
                return false;
            }
        }
        return !(failure instanceof KafkaException) || failure instanceof SerializationException;
    }

    /**
     * Why bytes cannot be read, for people; deserializers have no words of their own for bytes that end too early.
     *
     * @param failure what one of these deserializers threw
     */
    public static String describe(Throwable failure) {
        String said = failure instanceof BufferUnderflowException ? "too few bytes" : failure.getMessage();
        String words = said == null ? failure.getClass().getSimpleName() : said;
        return failure.getCause() == null ? words : words + ": " + describe(failure.getCause());
    }

    /**
     * True if this says that the registry is away or overloaded, and may answer later.
     *
     * @param failure what a serializer or deserializer threw, or one of its causes
     */
    public static boolean isRegistryAway(Throwable failure) {
        return failure instanceof RegistryUnreachableException;
    }

    /**
     * True if this says that the registry does not let us in: nothing can be read until the set-up is mended.
     *
     * @param failure what a serializer or deserializer threw, or one of its causes
     */
    public static boolean isRefusedByRegistry(Throwable failure) {
        return failure instanceof RegistryRefusedException;
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
        Serializer<Object> serializer = new KafkaAvroSerializer(registry.patient());
        serializer.configure(typed, false);
        return Serdes.serdeFrom(
                (topic, record) -> {
                    try {
                        return serializer.serialize(topic, record);
                    } catch (KafkaException e) {
                        throw registry.refusal(topic, e);
                    }
                },
                deserializer(type, typed));
    }

    private <T> Deserializer<T> deserializer(Class<T> type, Map<String, Object> typed) {
        Deserializer<Object> deserializer = new KafkaAvroDeserializer(registry.patient());
        deserializer.configure(typed, false);
        return (topic, bytes) -> {
            try {
                return type.cast(deserializer.deserialize(topic, bytes));
            } catch (StackOverflowError e) { // a schema that holds itself, or is nested without end
                throw new SerializationException("expected an event, found one that is nested too deeply", e);
            }
        };
    }
}
