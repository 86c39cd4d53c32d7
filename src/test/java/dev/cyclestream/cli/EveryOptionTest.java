package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cyclestream.cli.option.EnvironmentDefaults;
import dev.cyclestream.cli.option.OptionChecks;
import dev.cyclestream.house.OptionTable;
import dev.cyclestream.house.OptionTable.Values;
import dev.cyclestream.inference.DemoCheckpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option of every command against {@code options.tsv}: what it takes, at its bounds, and what it does not, beside them.
 * An option that is not in the table fails, so that none is forgotten.
 */
@Timeout(120)
class EveryOptionTest {

    private static final Map<String, Values> TABLE =
            OptionTable.read(Path.of("test/resources/dev/cyclestream/cli/options.tsv"));
    private static final List<Argument> ARGUMENTS = ofAllCommands().toList();

    @TempDir
    private Path folder;

    /** An option or a positional parameter of a command. */
    private record Argument(String command, ArgSpec spec) {

        String name() {
            return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
        }

        Values values() {
            Values own = TABLE.get(command + " " + name());
            return own == null ? TABLE.get(name()) : own;
        }

        @Override
        public String toString() {
            return command + " " + name();
        }
    }

    @BeforeEach
    void makePlaces() throws IOException {
        Files.createDirectories(folder.resolve("folder"));
        Files.copy(DemoCheckpoint.file("a-to-b.onnx"), folder.resolve("file"));
    }

    static Stream<Argument> arguments() {
        return ARGUMENTS.stream();
    }

    private static Stream<Argument> ofAllCommands() {
        return CyclestreamApplication.commandLine().getSubcommands().entrySet().stream()
                .flatMap(command -> of(command.getKey(), command.getValue()));
    }

    /** Of a command and those below it, which are named with a blank between. */
    private static Stream<Argument> of(String name, CommandLine command) {
        return Stream.concat(
                command.getCommandSpec().args().stream()
                        .filter(spec ->
                                !(spec instanceof OptionSpec option && (option.usageHelp() || option.versionHelp())))
                        .map(spec -> new Argument(name, spec)),
                command.getSubcommands().entrySet().stream()
                        .flatMap(below -> of(name + " " + below.getKey(), below.getValue())));
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
        Set<String> known = new HashSet<>();
        arguments().forEach(argument -> known.addAll(List.of(argument.name(), argument.toString())));
        assertThat(known).containsAll(TABLE.keySet());
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void whatAnOptionTakesIsTaken(Argument argument) {
        for (String value : argument.values().accepted()) {
            assertThatCode(() -> OptionChecks.requireSound(commandLine(Map.of()).parseArgs(with(argument, value))))
                    .as("%s %s", argument, value)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void whatAnOptionDoesNotTakeIsWrongUseInOneLineThatNamesIt(Argument argument) {
        for (String value : argument.values().refused()) {
            assertRefused(argument, value, Map.of(), with(argument, value));
        }
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void andSoItIsInAVariable(Argument argument) {
        if (argument.spec() instanceof OptionSpec) {
            String variable = EnvironmentDefaults.variable(argument.name());
            for (String value : argument.values().refused()) {
                assertRefused(argument, value, Map.of(variable, place(value)), without(argument));
            }
        }
    }

    private void assertRefused(Argument argument, String value, Map<String, String> environment, String... arguments) {
        StringWriter complained = new StringWriter();
        int exitCode = commandLine(environment)
                .setErr(new PrintWriter(complained, true))
                .execute(arguments);
        assertThat(complained.toString())
                .as("%s \"%s\"", argument, value)
                .contains(argument.name(), "expected ", ", found ")
                .matches("[^\\n]+ \\(cyclestream [\\w -]+ --help says more\\)\\n");
        assertThat(exitCode).as("%s \"%s\"", argument, value).isEqualTo(2);
    }

    private static CommandLine commandLine(Map<String, String> environment) {
        return CyclestreamApplication.commandLine().setDefaultValueProvider(new EnvironmentDefaults(environment));
    }

    private String[] with(Argument argument, String value) {
        List<String> all = new ArrayList<>(List.of(without(argument)));
        all.add(argument.spec() instanceof OptionSpec ? argument.name() + "=" + place(value) : place(value));
        if (!(argument.spec() instanceof OptionSpec)) {
            others(argument, false).forEach(all::add);
        }
        return all.toArray(String[]::new);
    }

    /** The command with all that it asks for, but for one option; positional parameters behind it are left out, too. */
    private String[] without(Argument argument) {
        List<String> all = new ArrayList<>(List.of(argument.command().split(" ")));
        boolean option = argument.spec() instanceof OptionSpec;
        required(argument)
                .filter(other ->
                        other.spec() instanceof OptionSpec && !other.name().equals(argument.name()))
                .forEach(other -> all.add(
                        other.name() + "=" + place(other.values().accepted().get(0))));
        others(argument, true).forEach(all::add);
        if (option) {
            others(argument, false).forEach(all::add);
        }
        return all.toArray(String[]::new);
    }

    /** Positional parameters before or behind one; all are behind an option. */
    private Stream<String> others(Argument argument, boolean before) {
        List<Argument> positional = required(argument)
                .filter(other -> !(other.spec() instanceof OptionSpec))
                .toList();
        int at = positional.stream().map(Argument::name).toList().indexOf(argument.name());
        return (before ? positional.subList(0, Math.max(0, at)) : positional.subList(at + 1, positional.size()))
                .stream().map(other -> place(other.values().accepted().get(0)));
    }

    private static Stream<Argument> required(Argument argument) {
        return arguments()
                .filter(other -> other.command().equals(argument.command())
                        && other.spec().required());
    }

    private String place(String value) {
        return value.replace("{}", folder.toString());
    }
}
