package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.deadletter.DeadLetterRecord;
import dev.cyclestream.deadletter.EventRejectedException;
import dev.cyclestream.deadletter.redrive.OriginalInput;
import dev.cyclestream.deadletter.redrive.Redrive;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.replay.ReplayName;
import dev.cyclestream.storage.ReferenceRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What schemas/README.md says of records, headers, reasons and topics is what there is. */
class SchemasReadmeTest {

    private static final Path FOLDER = Path.of("..", "schemas");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private final String text = read(FOLDER.resolve("README.md"));

    @Test
    void examplesHaveEveryFieldInItsOrder() {
        assertFields(example("event"), ImageEvent.getClassSchema());
        assertFields(example("reference"), ImageReference.getClassSchema());
        JsonObject image = example("image");
        assertFields(image, TranslatedImage.getClassSchema());
        assertFields(
                image.getAsJsonObject("provenance"),
                TranslatedImage.getClassSchema().getField("provenance").schema());
    }

    @Test
    void everyFieldIsExplained() {
        assertThat(firstCells("## An image event")).containsExactlyElementsOf(names(ImageEvent.getClassSchema()));
        Schema image = TranslatedImage.getClassSchema();
        List<String> explained = firstCells("## A translated image").stream()
                .map(name -> name.replace("provenance.", ""))
                .toList();
        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(image, image.getField("provenance").schema())
                                .flatMap(schema -> names(schema).stream())
                                .filter(name -> !name.equals("provenance"))
                                .toList());
    }

    @Test
    void headersAndReasonsOfDeadLettersAreThoseOfTheCode() {
        Stream<String> headers = Stream.of(
                DeadLetter.REASON_HEADER,
                DeadLetter.MESSAGE_HEADER,
                DeadLetter.EXCEPTION_HEADER,
                DeadLetter.TRACE_HEADER,
                DeadLetter.TOPIC_HEADER,
                DeadLetter.PARTITION_HEADER,
                DeadLetter.OFFSET_HEADER,
                InputTopicIds.HEADER,
                DeadLetter.CHECKPOINT_HEADER,
                DeadLetter.CUT_HEADER,
                "cyclestream.value.size",
                "cyclestream.value.sha256",
                "cyclestream.key.size",
                "cyclestream.key.sha256");
        Stream<String> reasons = Stream.of(
                        ImageRejectedException.Reason.values(),
                        EventRejectedException.Reason.values(),
                        ReferenceRejectedException.Reason.values())
                .flatMap(Arrays::stream)
                .map(Enum::name);
        assertThat(firstCells("## Dead letters"))
                .containsExactlyElementsOf(Stream.concat(headers, reasons).toList());
        String section = section("## Dead letters");
        assertThat(section).contains("`%s`".formatted(OriginalInput.COUNT_HEADER));
        for (DeadLetterRecord.Cut cut : DeadLetterRecord.Cut.values()) {
            assertThat(section).contains("`%s`".formatted(cut.name()));
        }
    }

    @Test
    void topicsAndGroupsAreCalledAsInTheCode() {
        ReplayName replay = new ReplayName("NAME");
        assertThat(firstCells("## Topics and groups"))
                .contains(
                        StreamSettings.failuresTopic("APPLICATION"),
                        Redrive.notesOf("LETTERS"),
                        replay.applicationId(),
                        replay.planTopic(),
                        replay.deadLetterTopic(),
                        StreamSettings.failuresTopic(replay.applicationId()));
    }

    @Test
    void linksLeadSomewhere() {
        List<String> links =
                LINK.matcher(text).results().map(link -> link.group(1)).toList();
        assertThat(links).hasSizeGreaterThan(6).allMatch(link -> Files.isRegularFile(FOLDER.resolve(link)));
    }

    private static void assertFields(JsonObject example, Schema schema) {
        assertThat(example.keySet()).containsExactlyElementsOf(names(schema));
        for (Schema.Field field : schema.getFields()) {
            boolean mayBeNull = field.schema().isNullable();
            JsonElement value = example.get(field.name());
            assertThat(mayBeNull || !value.isJsonNull()).as(field.name()).isTrue();
        }
    }

    private static List<String> names(Schema schema) {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }

    private JsonObject example(String name) {
        Matcher block = Pattern.compile("```json " + name + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(text);
        assertThat(block.find()).as(name).isTrue();
        return JsonParser.parseString(block.group(1)).getAsJsonObject();
    }

    /** What the first cells of a section's tables call by name. */
    private List<String> firstCells(String heading) {
        return section(heading)
                .lines()
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .map(line -> line.split(" \\| ", 2)[0])
                .flatMap(cell -> CODE.matcher(cell).results().map(code -> code.group(1)))
                .toList();
    }

    private String section(String heading) {
        int start = text.indexOf(heading + "\n");
        assertThat(start).as(heading).isNotNegative();
        int end = text.indexOf("\n## ", start);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
