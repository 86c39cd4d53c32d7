package dev.cyclestream.event;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;

/** Gets the schemas with which work goes on while the registry is away; the registry's client keeps them. */
final class SchemaLearning {

    /** As many versions of a subject as producers may use at one time, and more. */
    private static final int RECENT_VERSIONS = 20;

    private final RegistryAccess registry;

    SchemaLearning(RegistryAccess registry) {
        this.registry = registry;
    }

    /** Gets the newest schemas that events of a topic are written with. */
    void recentOf(String topic) {
        learn(() -> learnRecent(RegistryAccess.subject(topic)));
    }

    /** Registers the schema of the records that are written to a topic, and gets its id. */
    void registered(String topic, AvroSchema written) {
        learn(() -> {
            try {
                return registry.impatient().registerWithResponse(RegistryAccess.subject(topic), written, false, false);
            } catch (RestClientException e) {
                throw registry.refusal(topic, new SerializationException("the schema is refused", e));
            }
        });
    }

    /** The registry is there: a question that it does not know of is none that could be waited for. */
    private static void learn(Question question) {
        try {
            ask(question);
        } catch (RegistryUnreachableException e) {
            if (!e.isAnswer()) {
                throw e;
            }
        }
    }

    private List<Integer> learnRecent(String subject) throws IOException, RestClientException {
        SchemaRegistryClient client = registry.impatient();
        List<Integer> versions = client.getAllVersions(subject);
        List<Integer> recent = versions.subList(Math.max(0, versions.size() - RECENT_VERSIONS), versions.size());
        for (int version : recent) {
            client.getSchemaBySubjectAndId(
                    subject, client.getSchemaMetadata(subject, version).getId());
        }
        return recent;
    }

    /** A question to the registry. */
    interface Question {
        Object answer() throws IOException, RestClientException;
    }

    /** Asks, and is content with any answer. */
    static void ask(Question question) {
        try {
            question.answer();
        } catch (RestClientException | UnreadableSchemaException e) {
            return; // The registry answers; what it does not have or take, the event will say that needs it.
        } catch (IOException e) {
            throw new UncheckedIOException("the registry's client hides what it failed of", e);
        }
    }
}
