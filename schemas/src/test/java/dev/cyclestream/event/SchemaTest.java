package dev.cyclestream.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {

    private static final Path PUBLISHED = Path.of("src", "main", "avro");

    /** What the classes say beside the schema: how Java reads text. */
    private static final String JAVA_STRING = "\"avro.java.string\":\"String\"";

    static Stream<Schema> schemas() {
        return Stream.of(ImageEvent.getClassSchema(), TranslatedImage.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyTypeAndFieldIsDocumented(Schema schema) {
        List<String> undocumented = new ArrayList<>();
        collectUndocumented(schema, undocumented);
        assertThat(undocumented).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void eachFileParsesByItselfAndIsWhatTheClassesAre(Schema schema) throws IOException {
        Schema published =
                new SchemaParser().parse(PUBLISHED.resolve(fileName(schema))).mainSchema();
        assertThat(published.toString()).isEqualTo(withoutJava(schema));
    }

    private static String fileName(Schema schema) {
        return schema.getName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".avsc";
    }

    private static String withoutJava(Schema schema) {
        return schema.toString()
                .replace("{\"type\":\"string\"," + JAVA_STRING + "}", "\"string\"")
                .replace("," + JAVA_STRING, "");
    }

    private static void collectUndocumented(Schema schema, List<String> undocumented) {
        switch (schema.getType()) {
            case UNION -> schema.getTypes().forEach(type -> collectUndocumented(type, undocumented));
            case ENUM -> collectIfBlank(schema.getDoc(), schema.getFullName(), undocumented);
            case RECORD -> {
                collectIfBlank(schema.getDoc(), schema.getFullName(), undocumented);
                for (Schema.Field field : schema.getFields()) {
                    collectIfBlank(field.doc(), schema.getName() + "." + field.name(), undocumented);
                    collectUndocumented(field.schema(), undocumented);
                }
            }
            default -> {
                // Types without a name have no documentation of their own.
            }
        }
    }

    private static void collectIfBlank(String doc, String name, List<String> undocumented) {
        if (doc == null || doc.isBlank()) {
            undocumented.add(name);
        }
    }
}
