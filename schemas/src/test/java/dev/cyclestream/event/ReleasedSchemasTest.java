package dev.cyclestream.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records of every version that was released can be read with today's schemas, and today's with those of every version. A release
 * adds a folder; none is ever changed.
 */
class ReleasedSchemasTest {

    private static final Path RELEASED = Path.of("src", "test", "resources", "released");

    /** @param version of the release */
    record Released(String version, Schema schema, Schema present) {
        @Override
        public String toString() {
            return "%s of version %s".formatted(schema.getName(), version);
        }
    }

    static Stream<Released> released() throws IOException {
        List<Path> folders;
        try (Stream<Path> files = Files.list(RELEASED)) {
            folders = files.sorted().toList();
        }
        return folders.stream().flatMap(folder -> {
            SchemaParser parser = new SchemaParser();
            Schema event = parse(parser, folder.resolve("image-event.avsc"));
            Schema image = parse(
                    parser, folder.resolve("translated-image.avsc")); // in version 1 it refers to a record of the other
            String version = folder.getFileName().toString();
            return Stream.of(
                    new Released(version, event, ImageEvent.getClassSchema()),
                    new Released(version, image, TranslatedImage.getClassSchema()));
        });
    }

    private static Schema parse(SchemaParser parser, Path file) {
        try {
            return parser.parse(file).mainSchema();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void presentSchemasReadWhatWasReleased(Released released) {
        assertThat(incompatibilities(released.present(), released.schema())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("released")
    void releasedSchemasReadWhatIsWrittenNow(Released released) {
        assertThat(incompatibilities(released.schema(), released.present())).isEmpty();
    }

    @Test
    void fieldWithoutADefaultWouldBeNoticed() throws IOException {
        Schema event = released().findFirst().orElseThrow().schema();
        String extended = event.toString()
                .replaceFirst("\"fields\":\\[", "\"fields\":[{\"name\":\"camera\",\"type\":\"string\"},");
        Schema reader = new SchemaParser().parse(extended).mainSchema();
        assertThat(incompatibilities(reader, event))
                .singleElement()
                .satisfies(found -> assertThat(found.getMessage()).isEqualTo("camera"));
        assertThat(incompatibilities(event, reader)).isEmpty();
    }

    private static List<Incompatibility> incompatibilities(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
    }
}
