package dev.cyclestream.event;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;

/** A check of the subjects of topics against the use of these topics. Asks once, and changes nothing in the registry. */
final class SubjectCheck {

    private static final String IMAGES = TranslatedImage.getClassSchema().getFullName();
    private static final String EVENTS = ImageEvent.getClassSchema().getFullName();

    private final SchemaRegistryClient client;
    private final AvroSchema written;

    /** @param written the schema of translated images, as it is registered */
    SubjectCheck(SchemaRegistryClient client, AvroSchema written) {
        this.client = client;
        this.written = written;
    }

    /** The schemas that are known of a subject. */
    private record Found(String subject, int version, String holds) {
        @Override
        public String toString() {
            return "%s in version %d of subject %s".formatted(holds, version, subject);
        }
    }

    /** Of a topic of image events: it is none of translated images. */
    Optional<String> ofInput(String topic) {
        return latest(topic)
                .filter(found -> found.holds().equals(IMAGES))
                .map(found ->
                        "%s: expected image events, found results of a translation: %s; give the topic of the events"
                                .formatted(topic, found));
    }

    /** Of a topic whose records are bytes of all kinds, such as dead letters: it is none of ours. */
    Optional<String> ofBytes(String topic) {
        return latest(topic)
                .filter(found -> List.of(IMAGES, EVENTS).contains(found.holds()))
                .map(found ->
                        "%s: expected a topic for dead letters only, found that images are written there: %s; give another one"
                                .formatted(topic, found));
    }

    /** Of a topic of translated images: the registry takes our schema, and nothing else is written there. */
    Optional<String> ofOutput(String topic) {
        Optional<Found> latest = latest(topic);
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        if (!latest.get().holds().equals(IMAGES)) {
            return Optional.of(
                    "%s: expected a topic for translated images (%s), found %s; give another one, or delete the subject if it is a leftover"
                            .formatted(topic, IMAGES, latest.get()));
        }
        return isTaken(latest.get().subject())
                ? Optional.empty()
                : Optional.of(
                        "%s: expected a subject that takes our schema of translated images, found that it does not go together with version %d of subject %s; give another topic, or change the subject's compatibility"
                                .formatted(
                                        topic,
                                        latest.get().version(),
                                        latest.get().subject()));
    }

    /** A schema that was registered before is taken, however the subject has changed since. */
    private boolean isTaken(String subject) {
        return ask(() -> client.testCompatibility(subject, written)).orElse(true)
                || ask(() -> client.getId(subject, written)).isPresent();
    }

    private Optional<Found> latest(String topic) {
        String subject = RegistryAccess.subject(topic);
        Optional<List<Integer>> versions = ask(() -> client.getAllVersions(subject));
        if (versions.isEmpty() || versions.get().isEmpty()) {
            return Optional.empty();
        }
        int version = versions.get().get(versions.get().size() - 1);
        return ask(() -> client.getSchemaMetadata(subject, version))
                .map(metadata -> new Found(subject, version, nameOf(metadata)));
    }

    private static String nameOf(SchemaMetadata metadata) {
        if (!AvroSchema.TYPE.equals(metadata.getSchemaType())) {
            return "a schema of the kind " + metadata.getSchemaType();
        }
        try {
            return String.valueOf(new AvroSchema(metadata.getSchema()).name());
        } catch (AvroRuntimeException e) {
            return "a schema that does not stand by itself";
        }
    }

    private interface Question<T> {
        T answer() throws IOException, RestClientException;
    }

    /** Empty if the registry knows nothing of it, or has no such question. */
    private static <T> Optional<T> ask(Question<T> question) {
        try {
            return Optional.ofNullable(question.answer());
        } catch (RestClientException e) {
            return Optional.empty();
        } catch (RegistryUnreachableException e) {
            if (e.isAnswer()) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("the registry's client hides what it failed of", e);
        }
    }
}
