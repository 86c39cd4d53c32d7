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

    private static final int NOT_FOUND = 404;

    @Override
    public Optional<ParsedSchema> parseSchema(Schema schema, boolean isNew, boolean normalize) {
        if (schema.getSchema() == null) {
            throw new RegistryUnreachableException("the answer to a question for a schema holds none", null);
        }
        try {
            return Optional.of(parseSchemaOrElseThrow(schema, isNew, normalize));
        } catch (RuntimeException e) {
            if (isReferenceAway(e)) {
                throw e;
            }
            throw new UnreadableSchemaException(
                    "expected a schema that Avro takes, found one that it does not: " + e, e);
        }
    }

    /**
     * True if another schema that this one refers to cannot be had now; the registry's client wraps why. The registry has just
     * answered, so that a 404 with any error code says that it does not have the other one.
     */
    private static boolean isReferenceAway(RuntimeException e) {
        if (e.getCause() instanceof RestClientException answer) {
            boolean isMissing = answer.getStatus() == NOT_FOUND
                    && (answer.getErrorCode() == NOT_FOUND || answer.getErrorCode() / 100 == NOT_FOUND);
            return !isMissing;
        }
        return !(e instanceof AvroRuntimeException) && e.getCause() instanceof IOException;
    }
}
