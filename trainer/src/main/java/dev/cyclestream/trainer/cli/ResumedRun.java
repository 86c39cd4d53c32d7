package dev.cyclestream.trainer.cli;

import dev.cyclestream.trainer.run.InvalidRunException;
import dev.cyclestream.trainer.run.RunFolder;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that a run was begun with, as defaults when it is resumed: nothing needs to be remembered or typed again. */
final class ResumedRun implements IDefaultValueProvider {

    static final String RESUME = "--resume";
    static final String OUTPUT = "--output";
    static final String DATA = "--data";

    private static final Set<String> NOT_OF_THE_RUN = Set.of(RESUME, OUTPUT, "--help", "--version");

    private final Map<String, String> values;
    private final Optional<String> fault;

    private ResumedRun(Map<String, String> values, Optional<String> fault) {
        this.values = Map.copyOf(values);
        this.fault = fault;
    }

    /** Looks into the arguments of a command for a run that is to be resumed. */
    static ResumedRun of(String... arguments) {
        List<String> given = Arrays.asList(arguments);
        int place = given.indexOf(OUTPUT);
        String joined = given.stream()
                .filter(argument -> argument.startsWith(OUTPUT + "="))
                .map(argument -> argument.substring(OUTPUT.length() + 1))
                .findFirst()
                .orElse("");
        String output = place >= 0 && place + 1 < given.size() ? given.get(place + 1) : joined;
        if (!given.contains(RESUME) || output.isEmpty()) {
            return new ResumedRun(Map.of(), Optional.empty());
        }
        try {
            RunFolder run = new RunFolder(Path.of(output));
            return new ResumedRun(run.exists() ? run.description().options() : Map.of(), Optional.empty());
        } catch (InvalidRunException e) {
            return new ResumedRun(Map.of(), Optional.of(e.getMessage()));
        } catch (IOException | InvalidPathException e) {
            return new ResumedRun(Map.of(), Optional.empty()); // the command itself says what is wrong with the folder
        }
    }

    /** The reason why the options of the run are not known, if they are not: those that are missing are no fault of the user. */
    Optional<String> fault() {
        return fault;
    }

    /** The options of a command that was parsed, given or not, with the values that they have; those without are left out. */
    static Map<String, String> effectiveOptions(CommandSpec command) {
        Map<String, String> values = new TreeMap<>();
        for (OptionSpec option : command.options()) {
            if (!NOT_OF_THE_RUN.contains(option.longestName())) {
                String value = text(option.getValue());
                if (!value.isEmpty()) {
                    values.put(option.longestName(), value);
                }
            }
        }
        return values;
    }

    private static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Object::toString).orElse("");
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(Object::toString).collect(Collectors.joining(","));
        }
        return value == null ? "" : value.toString();
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option ? values.get(option.longestName()) : null;
    }
}
