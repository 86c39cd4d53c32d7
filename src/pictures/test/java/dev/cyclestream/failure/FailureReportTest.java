package dev.cyclestream.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cyclestream.file.FileNotWrittenException;
import dev.cyclestream.file.WholeFile;
import dev.cyclestream.image.ImageRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureReportTest {

    private static final class StoreAwayException extends UnavailableException {
        private StoreAwayException(String message) {
            super(message);
        }
    }

    static Stream<Arguments> failures() {
        IOException full = new IOException("no space");
        return Stream.of(
                arguments(new WrongSetUpException("x: expected a folder"), "x: expected a folder", 2, false),
                arguments(
                        new WrongSetUpException(List.of("1.png: cut\noff", "2.png: empty")),
                        "1.png: cut\\noff\n  2.png: empty",
                        2,
                        false),
                arguments(
                        ImageRejectedException.unsupported("JPEG-LS", null),
                        "the image is of a kind that is not read: JPEG-LS",
                        2,
                        false),
                arguments(new StoreAwayException("no store answers"), "no store answers", 1, false),
                arguments(full, "java.io.IOException: no space", 1, false),
                arguments(new NoSuchFileException("a\tb"), "java.nio.file.NoSuchFileException: a\\tb", 1, false),
                arguments(new UncheckedIOException("2.png", full), "java.io.UncheckedIOException: 2.png", 1, false),
                arguments(new IllegalStateException("no\nline"), "java.lang.IllegalStateException: no\\nline", 1, true),
                arguments(new NullPointerException(), "java.lang.NullPointerException", 1, true),
                arguments(refusedByALibrary(), "java.lang.NumberFormatException: For input string: \"x\"", 1, true),
                arguments(refusedByUs(), "java.lang.IllegalArgumentException: expected 1, found 2", 1, true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void eachKindHasItsMessageItsExitCodeAndItsTraceOrNone(
            Exception failure, String message, int exitCode, boolean showsTrace) {
        assertThat(FailureReport.of(failure)).isEqualTo(new FailureReport(message, exitCode, showsTrace));
    }

    @Test
    void fileThatIsNotWrittenSaysItsMessageOnly(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("in the way")).resolve("file");
        Exception failure = assertThrows(FileNotWrittenException.class, () -> WholeFile.write(file, new byte[1]));
        assertThat(FailureReport.of(failure)).isEqualTo(new FailureReport(failure.getMessage(), 1, false));
        assertThat(failure).hasMessageStartingWith(file + ": cannot be written: ");
    }

    @Test
    void programThatTakesItsOwnArgumentsFromTheUserTellsThemFromThoseOfALibrary() {
        assertThat(FailureReport.isRefusedByUs(refusedByUs())).isTrue();
        assertThat(FailureReport.isRefusedByUs(refusedByALibrary())).isFalse();
        assertThat(FailureReport.isRefusedByUs(new IllegalStateException())).isFalse();
        assertThat(FailureReport.ofWrongUse(refusedByUs()))
                .isEqualTo(new FailureReport("expected 1, found 2", 2, false));
    }

    @Test
    void explainedFailureOfAnotherHouseSaysItsMessageOnly() {
        assertThat(FailureReport.ofUnavailable(new RuntimeException("no registry\nanswers")))
                .isEqualTo(new FailureReport("no registry\\nanswers", 1, false));
    }

    private static Exception refusedByUs() {
        return new IllegalArgumentException("expected 1, found 2");
    }

    private static Exception refusedByALibrary() {
        return assertThrows(IllegalArgumentException.class, () -> Integer.parseInt("x"));
    }
}
