package dev.cyclestream.cli.option;

import dev.cyclestream.option.OptionFaults;
import java.lang.reflect.Field;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The checks that hold what options were given, by flags or variables, against their ranges and places before a command begins.
 */
public final class OptionChecks {

    private OptionChecks() {}

    /** Runs the command if all of its options are sound. */
    public static int execute(ParseResult parsed) {
        requireKnownVariables(parsed);
        requireSound(parsed);
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Makes sure that each variable that begins as ours do is one of an option, of whatever command. */
    private static void requireKnownVariables(ParseResult parsed) {
        CommandLine application = parsed.commandSpec().root().commandLine();
        List<String> options = withSubcommands(application)
                .flatMap(command -> command.getCommandSpec().options().stream())
                .map(OptionSpec::longestName)
                .toList();
        if (application.getDefaultValueProvider() instanceof EnvironmentDefaults variables) {
            variables.unknown(options).stream().findFirst().ifPresent(name -> {
                throw new ParameterException(
                        application,
                        "%s: expected the variable of an option, found none of this name; the nearest is %s"
                                .formatted(name, nearest(name, options)));
            });
        }
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(OptionChecks::withSubcommands));
    }

    private static String nearest(String name, List<String> options) {
        return options.stream()
                .map(EnvironmentDefaults::variable)
                .min(Comparator.comparingInt(variable -> distance(variable, name)))
                .orElseThrow();
    }

    /** The number of letters to change, leave out or put in (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[other.length()];
    }

    /**
     * Makes sure that all options are sound.
     *
     * @throws ParameterException if one is not; the message names it
     */
    public static void requireSound(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            command.getCommandSpec().args().forEach(argument -> requireSound(command, argument));
        }
    }

    private static void requireSound(CommandLine command, ArgSpec argument) {
        if (argument.userObject() instanceof Field declared) {
            OptionFaults.of(declared, argument.getValue()).ifPresent(fault -> {
                String name = argument instanceof OptionSpec option
                        ? "option '%s'".formatted(String.join(", ", option.names()))
                        : "positional parameter %s".formatted(argument.paramLabel());
                throw new ParameterException(command, "Invalid value for %s: %s".formatted(name, fault));
            });
        }
    }
}
