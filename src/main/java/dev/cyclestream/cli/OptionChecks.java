package dev.cyclestream.cli;

import dev.cyclestream.option.Place;
import dev.cyclestream.option.Range;
import dev.cyclestream.option.RangeCheck;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
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
        rangeFault(argument).or(() -> placeFault(argument)).ifPresent(fault -> {
            String name = argument instanceof OptionSpec option
                    ? "option '%s'".formatted(option.longestName())
                    : "positional parameter %s".formatted(argument.paramLabel());
            throw new ParameterException(
                    command, "Invalid value for %s: %s".formatted(name, fault), argument, argument.getValue() + "");
        });
    }

    /** What is wrong with the numbers, durations and sizes that an option was given. */
    static Optional<String> rangeFault(ArgSpec argument) {
        return argument.userObject() instanceof Field field && field.isAnnotationPresent(Range.class)
                ? values(argument)
                        .flatMap(value -> RangeCheck.fault(field.getAnnotation(Range.class), value).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> placeFault(ArgSpec argument) {
        return values(argument)
                .filter(Place.class::isInstance)
                .flatMap(place -> ((Place) place).fault().stream())
                .findFirst();
    }

    private static Stream<?> values(ArgSpec argument) {
        Object value = argument.getValue();
        if (value instanceof Optional<?> optional) {
            return optional.stream();
        }
        return value instanceof Collection<?> several ? several.stream() : Stream.ofNullable(value);
    }
}
