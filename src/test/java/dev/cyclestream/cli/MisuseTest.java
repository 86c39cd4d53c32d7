package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.cli.option.EnvironmentDefaults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with the command line or its variables is said in one line, and the exit code is 2. */
@Timeout(60)
class MisuseTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makePlaces() throws IOException {
        Misuse.makePlaces(folder);
    }

    static List<Misuse> misuses() {
        return Misuse.all();
    }

    @Test
    void thereAreMoreThanAHundred() {
        assertThat(misuses()).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void isSaidInOneLineThatNamesIt(Misuse misuse) {
        StringWriter complained = new StringWriter();
        ByteArrayOutputStream besides = new ByteArrayOutputStream();
        PrintStream before = System.err;
        int exitCode;
        System.setErr(new PrintStream(besides, true, StandardCharsets.UTF_8));
        try {
            exitCode = CyclestreamApplication.commandLine()
                    .setDefaultValueProvider(new EnvironmentDefaults(misuse.environment(folder)))
                    .setErr(new PrintWriter(complained, true))
                    .execute(misuse.arguments(folder).toArray(String[]::new));
        } finally {
            System.setErr(before);
        }
        assertThat(complained.toString())
                .startsWith("cyclestream")
                .contains(misuse.complaint())
                .hasLineCount(1)
                .doesNotContain("Exception", "null");
        assertThat(besides.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(exitCode).isEqualTo(2);
    }
}
