package dev.cyclestream.trainer.cli;

import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.InputFolder;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.trainer.network.BlockCount;
import dev.cyclestream.trainer.pytorch.DeviceName;
import dev.cyclestream.trainer.run.StateName;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The conversion of text to the types of options; what is refused says what was expected, and what was found. */
final class OptionTypes {

    private OptionTypes() {}

    static CommandLine registerIn(CommandLine commandLine) {
        ITypeConverter<Integer> wholeNumber = parser("a whole number", Integer::valueOf);
        ITypeConverter<Long> longNumber = parser("a whole number", Long::valueOf);
        ITypeConverter<Double> number = parser("a number", Double::valueOf);
        return commandLine
                .registerConverter(boolean.class, parser(OptionTypes::yesOrNo))
                .registerConverter(int.class, wholeNumber)
                .registerConverter(Integer.class, wholeNumber)
                .registerConverter(long.class, longNumber)
                .registerConverter(Long.class, longNumber)
                .registerConverter(double.class, number)
                .registerConverter(Double.class, number)
                .registerConverter(BlockCount.class, parser(BlockCount::parse))
                .registerConverter(DeviceName.class, parser(DeviceName::new))
                .registerConverter(DomainName.class, parser(DomainName::new))
                .registerConverter(InputFile.class, parser(InputFile::parse))
                .registerConverter(InputFolder.class, parser(InputFolder::parse))
                .registerConverter(OutputFolder.class, parser(OutputFolder::parse))
                .registerConverter(StateName.class, parser(StateName::new));
    }

    private static boolean yesOrNo(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("expected true or false, found \"%s\"".formatted(text));
        }
        return text.equals("true");
    }

    private static <T> ITypeConverter<T> parser(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static <T extends Number> ITypeConverter<T> parser(String expected, Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("expected %s, found \"%s\"".formatted(expected, text));
            }
        };
    }
}
