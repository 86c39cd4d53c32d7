package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cyclestream.house.OptionTable;
import dev.cyclestream.house.OptionTable.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option of every command against {@code options.tsv}: what it takes, at its bounds, and what it does not, beside them.
 * An option that is not in the table fails, so that none is forgotten.
 */
class EveryTrainerOptionTest extends CommandLineHarness {

    /** The row of the flags of all weights. */
    private static final String WEIGHTS = "--*-weight";

    private static final Map<String, Values> TABLE =
            OptionTable.read(Path.of("src/test/resources/dev/cyclestream/trainer/cli/options.tsv"));

    private record Argument(String command, OptionSpec option) {

        String name() {
            return option.longestName();
        }

        Values values() {
            return TABLE.getOrDefault(toString(), TABLE.get(isWeight() ? WEIGHTS : name()));
        }

        private boolean isWeight() {
            return name().matches("--.*-weight(-[ab])?");
        }

        /** The command with all that it asks for, but for this option. */
        List<String> others() {
            boolean ofARun = !command.equals("evaluate")
                    || Set.of("--run", "--step", "--averaged").contains(name());
            Map<String, List<String>> required = Map.of(
                    "train", List.of("--data={}/folder", "--output={}/new"),
                    "export", List.of("--run={}/folder", "--output={}/new"),
                    "evaluate",
                            ofARun
                                    ? List.of("--run={}/folder", "--output={}/new")
                                    : List.of(
                                            "--a-to-b={}/file",
                                            "--b-to-a={}/file",
                                            "--data={}/folder",
                                            "--output={}/new"),
                    "benchmark", List.of());
            return required.get(command).stream()
                    .filter(given -> !given.startsWith(name() + "="))
                    .toList();
        }

        @Override
        public String toString() {
            return command + " " + name();
        }
    }

    @BeforeEach
    void makePlaces() throws IOException {
        Files.createDirectories(folder.resolve("folder"));
        Files.writeString(folder.resolve("file"), "x");
    }

    static Stream<Argument> arguments() {
        return TrainerApplication.commandLine().getSubcommands().entrySet().stream()
                .flatMap(command -> command.getValue().getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .map(option -> new Argument(command.getKey(), option)));
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void optionIsInTheTable(Argument argument) {
        assertThat(argument.values())
                .as("values of %s in options.tsv", argument)
                .isNotNull();
    }

    @Test
    void tableNamesNothingElse() {
        Set<String> known = new HashSet<>(Set.of(WEIGHTS));
        arguments().forEach(argument -> known.addAll(List.of(argument.name(), argument.toString())));
        assertThat(known).containsAll(TABLE.keySet());
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void whatAnOptionTakesIsTaken(Argument argument) {
        for (String value : argument.values().accepted()) {
            String[] given = with(argument, value);
            assertThatCode(() -> OptionChecks.requireSound(
                            TrainerApplication.commandLine(given).parseArgs(given)))
                    .as("%s %s", argument, value)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void whatAnOptionDoesNotTakeIsWrongUseInOneLineThatNamesItAndLeavesNothing(Argument argument) {
        for (String value : argument.values().refused()) {
            complained.getBuffer().setLength(0);
            int exitCode = execute(with(argument, value));
            assertThat(complained.toString())
                    .as("%s \"%s\"", argument, value)
                    .contains(argument.name(), "expected ")
                    .containsAnyOf(", found ", " but was ")
                    .hasLineCount(1);
            assertThat(exitCode).as("%s \"%s\"", argument, value).isEqualTo(2);
        }
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private String[] with(Argument argument, String value) {
        List<String> all = new ArrayList<>(List.of(argument.command()));
        all.addAll(argument.others());
        all.add(argument.name() + "=" + value);
        return all.stream().map(text -> text.replace("{}", folder.toString())).toArray(String[]::new);
    }
}
