package dev.cyclestream.cli;

import dev.cyclestream.option.OptionFaults;
import java.lang.reflect.Field;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Holds what options were given, by flags or variables, against their ranges and places before a command begins. */
final class OptionChecks {

    private OptionChecks() {}

    /** Runs the command if all of its options are sound. */
    static int execute(ParseResult parsed) {
        requireSound(parsed);
        return new CommandLine.RunLast().execute(parsed);
    }

    /**
     * Makes sure that all options are sound.
     *
     * @throws ParameterException if one is not; the message names it
     */
    static void requireSound(ParseResult parsed) {
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
