package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.stream.ApplicationProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same in processes of their own, a few of each command: what a shell sees. */
@Timeout(120)
class MisuseIT {

    private static final int EACH = 9;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makePlaces() throws IOException {
        Misuse.makePlaces(folder);
    }

    static List<Misuse> misuses() {
        List<Misuse> all = Misuse.all().stream()
                .filter(misuse -> misuse.environment(folder).isEmpty())
                .toList();
        return IntStream.range(0, all.size())
                .filter(index -> index % EACH == 0)
                .mapToObj(all::get)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void processEndsWithTwoAndSaysOneLine(Misuse misuse) throws Exception {
        try (ApplicationProcess process = ApplicationProcess.start(folder.resolve("log"), misuse.arguments(folder))) {
            assertThat(process.exitCode(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(process.said()).contains(misuse.complaint()).hasLineCount(1);
        }
    }
}
