package dev.cyclestream.trainer.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cyclestream.trainer.loss.Weights;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The small files of a run, which a power cut can leave empty or cut off, and people can edit: whatever is in one is either
 * read or refused by its name.
 */
final class RunFile {

    static final Gson GSON = json().setPrettyPrinting().create();

    private RunFile() {}

    /** JSON as a run writes it. */
    static GsonBuilder json() {
        return new GsonBuilder().registerTypeAdapter(Weights.class, new WeightsJson());
    }

    /**
     * All of a file's text.
     *
     * @throws InvalidRunException if there is no such file, or it holds none
     */
    static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidRunException(
                    "%s: expected a file, found %s".formatted(file, Files.exists(file) ? "a folder" : "nothing"));
        }
        try {
            String text = Files.readString(file);
            if (text.isBlank()) {
                throw new InvalidRunException(file + ": expected text, found an empty file");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new InvalidRunException(file + ": expected text in UTF-8, found other bytes");
        }
    }

    /**
     * The value of a text in JSON.
     *
     * @param place file, and line if there are several, for messages
     * @throws InvalidRunException if it is not such a record, or a part of it is missing
     */
    static <T extends Record> T parse(String place, String json, Class<T> type) {
        T read;
        try {
            read = GSON.fromJson(json, type);
        } catch (RuntimeException e) { // also what a record's constructor refuses
            Throwable reason = Optional.ofNullable(e.getCause()).orElse(e);
            String first =
                    String.valueOf(reason.getMessage()).lines().findFirst().orElse("");
            throw new InvalidRunException(place + ": is not what this version of the trainer writes: " + first);
        }
        missing("", read).ifPresent(name -> {
            throw new InvalidRunException(
                    "%s: is not what this version of the trainer writes: expected %s, found none that is known"
                            .formatted(place, name.isEmpty() ? "values" : name));
        });
        return read;
    }

    /** The name of a value that JSON left out, for which Gson gives null, as for an unknown constant of an enum. */
    private static Optional<String> missing(String name, Object value) {
        if (value == null) {
            return Optional.of(name);
        }
        String prefix = name.isEmpty() ? "" : name + ".";
        Stream<Optional<String>> inside = Stream.empty();
        if (value instanceof Record) {
            inside = Stream.of(value.getClass().getRecordComponents())
                    .map(component -> missing(prefix + component.getName(), valueOf(component, value)));
        } else if (value instanceof Map<?, ?> map) {
            inside = map.entrySet().stream().map(entry -> missing(prefix + entry.getKey(), entry.getValue()));
        } else if (value instanceof Collection<?> several) {
            inside = several.stream().map(each -> missing(name, each));
        }
        return inside.flatMap(Optional::stream).findFirst();
    }

    private static Object valueOf(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }

    /** Waits until the device has what was written to a file, so that no power cut takes it back once it is renamed. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
