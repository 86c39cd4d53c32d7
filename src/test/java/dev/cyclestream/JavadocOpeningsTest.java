package dev.cyclestream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first words of Javadoc name a thing or say what is done; a clause such as "What it is" does neither. */
class JavadocOpeningsTest {

    private static final Pattern CLAUSE =
            Pattern.compile("/\\*\\*(?:\\s*\\*)?\\s+(?:What|How|Whether|Where|Which|When|Who)\\b[^\\n]*");

    @ParameterizedTest
    @ValueSource(
            strings = {"schemas/src/main/java", "src/pictures/main/java", "src/main/java", "trainer/src/main/java"})
    void noOpeningIsAClause(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", folder))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources)
                    .isNotEmpty()
                    .allSatisfy(source -> assertThat(CLAUSE.matcher(Files.readString(source))
                                    .results()
                                    .map(opening -> opening.group()))
                            .as(source.toString())
                            .isEmpty());
        }
    }
}
