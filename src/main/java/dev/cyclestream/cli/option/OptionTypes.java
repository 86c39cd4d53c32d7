package dev.cyclestream.cli.option;

import dev.cyclestream.checkpoint.ImageGraph.Layout;
import dev.cyclestream.checkpoint.ValueRange;
import dev.cyclestream.cli.value.BootstrapServers;
import dev.cyclestream.cli.value.BucketName;
import dev.cyclestream.cli.value.ClientName;
import dev.cyclestream.cli.value.ClientProperty;
import dev.cyclestream.cli.value.ComparedPlace;
import dev.cyclestream.cli.value.FetchSource;
import dev.cyclestream.cli.value.ListenAddress;
import dev.cyclestream.cli.value.ReasonCode;
import dev.cyclestream.cli.value.RegionName;
import dev.cyclestream.cli.value.RegistryUrl;
import dev.cyclestream.cli.value.ResultStore;
import dev.cyclestream.cli.value.ServiceUrl;
import dev.cyclestream.cli.value.Sha256;
import dev.cyclestream.cli.value.Share;
import dev.cyclestream.cli.value.ShareOrNone;
import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.InferenceDevice;
import dev.cyclestream.option.ByteSize;
import dev.cyclestream.option.Durations;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.InputFolder;
import dev.cyclestream.option.OutputFile;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.replay.Edge;
import dev.cyclestream.replay.ReplayName;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The converters from text to the types of options; a refusal says what was expected and what was found. */
public final class OptionTypes {

    private OptionTypes() {}

    public static CommandLine registerIn(CommandLine commandLine) {
        return registerValues(registerNumbersAndChoices(commandLine));
    }

    private static CommandLine registerNumbersAndChoices(CommandLine commandLine) {
        ITypeConverter<Integer> wholeNumber = number("a whole number", Integer::valueOf);
        ITypeConverter<Long> longNumber = number("a whole number", Long::valueOf);
        return commandLine
                .registerConverter(boolean.class, choice(Map.of("true", true, "false", false)))
                .registerConverter(Direction.class, direction())
                .registerConverter(LogFormat.class, choice(byName(LogFormat.values())))
                .registerConverter(int.class, wholeNumber)
                .registerConverter(Integer.class, wholeNumber)
                .registerConverter(long.class, longNumber)
                .registerConverter(Long.class, longNumber)
                .registerConverter(float.class, number("a number", Float::valueOf))
                .registerConverter(Double.class, number("a number", Double::valueOf));
    }

    private static CommandLine registerValues(CommandLine commandLine) {
        return commandLine
                .registerConverter(BootstrapServers.class, parser(BootstrapServers::new))
                .registerConverter(BucketName.class, parser(BucketName::new))
                .registerConverter(ByteSize.class, parser(ByteSize::parse))
                .registerConverter(ClientName.class, parser(ClientName::new))
                .registerConverter(ClientProperty.class, parser(ClientProperty::parse))
                .registerConverter(ComparedPlace.class, parser(ComparedPlace::new))
                .registerConverter(Duration.class, parser(Durations::parse))
                .registerConverter(Edge.class, parser(Edge::parse))
                .registerConverter(FetchSource.class, parser(FetchSource::parse))
                .registerConverter(InferenceDevice.class, parser(InferenceDevice::parse))
                .registerConverter(InputFile.class, parser(InputFile::parse))
                .registerConverter(InputFolder.class, parser(InputFolder::parse))
                .registerConverter(ListenAddress.class, parser(ListenAddress::new))
                .registerConverter(Measure.class, parser(Measure::parse))
                .registerConverter(OutputFile.class, parser(OutputFile::parse))
                .registerConverter(OutputFolder.class, parser(OutputFolder::parse))
                .registerConverter(ReasonCode.class, parser(ReasonCode::new))
                .registerConverter(RegionName.class, parser(RegionName::new))
                .registerConverter(RegistryUrl.class, parser(RegistryUrl::new))
                .registerConverter(ReplayName.class, parser(ReplayName::new))
                .registerConverter(ResultStore.class, parser(ResultStore::parse))
                .registerConverter(ServiceUrl.class, parser(ServiceUrl::parse))
                .registerConverter(Sha256.class, parser(Sha256::parse))
                .registerConverter(Share.class, parser(Share::parse))
                .registerConverter(ShareOrNone.class, parser(ShareOrNone::parse))
                .registerConverter(TopicName.class, parser(TopicName::new))
                .registerConverter(Layout.class, parser(Layout::parse))
                .registerConverter(ValueRange.class, parser(ValueRange::parse));
    }

    private static <T> ITypeConverter<T> parser(Function<String, T> parse) {
        return new Parser<>(parse);
    }

    /** A reader of text that refuses with an {@link IllegalArgumentException}, so that picocli names the option before its message. */
    public static class Parser<T> implements ITypeConverter<T> {
        private final Function<String, T> parse;

        public Parser(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public T convert(String text) {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** As files are named, too: {@code a-to-b}. */
    private static ITypeConverter<Direction> direction() {
        ITypeConverter<Direction> byName = choice(byName(Direction.values()));
        Map<String, Direction> byFile = Map.of("a-to-b", Direction.A_TO_B, "b-to-a", Direction.B_TO_A);
        return text -> byFile.containsKey(text) ? byFile.get(text) : byName.convert(text);
    }

    private static <T extends Enum<T>> Map<String, T> byName(T[] values) {
        Map<String, T> choices = new TreeMap<>();
        for (T value : values) {
            choices.put(value.name(), value);
        }
        return choices;
    }

    private static <T> ITypeConverter<T> choice(Map<String, T> choices) {
        return text -> {
            if (!choices.containsKey(text)) {
                throw new TypeConversionException("expected %s, found \"%s\""
                        .formatted(String.join(" or ", new TreeSet<>(choices.keySet())), text));
            }
            return choices.get(text);
        };
    }

    private static <T extends Number> ITypeConverter<T> number(String expected, Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("expected %s, found \"%s\"".formatted(expected, text));
            }
        };
    }
}
