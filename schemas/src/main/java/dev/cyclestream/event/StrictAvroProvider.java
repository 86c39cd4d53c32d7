package dev.cyclestream.event;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;

/**
 * Reads schemas that the registry holds, and says what is wrong with those that Avro does not take. The class above keeps
 * that for its log, so that nobody could tell it from a registry that is away.
 */
final class StrictAvroProvider extends AvroSchemaProvider {

    @Override
    public Optional<ParsedSchema> parseSchema(Schema schema, boolean isNew, boolean normalize) {
        if (schema.getSchema() == null) {
            throw new RegistryUnreachableException("the answer to a question for a schema holds none", null);
        }
        try {
            return Optional.of(parseSchemaOrElseThrow(schema, isNew, normalize));
        } catch (RuntimeException e) {
            if (isMissingReference(e)) {
                throw e;
            }
            throw new UnreadableSchemaException(
                    "expected a schema that Avro takes, found one that it does not: " + e, e);
        }
    }

    /** Whether another schema that this one refers to could not be had; the registry's client wraps why. */
    private static boolean isMissingReference(RuntimeException e) {
        return !(e instanceof AvroRuntimeException)
                && (e.getCause() instanceof RestClientException || e.getCause() instanceof IOException);
    }
}
