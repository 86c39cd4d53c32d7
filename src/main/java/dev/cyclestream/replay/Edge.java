package dev.cyclestream.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The beginning or the end of a range, as people say it. At its end a range holds what lies before. */
public sealed interface Edge {

    Pattern OFFSET = Pattern.compile("\\d{1,18}");
    Pattern OFFSET_OF_PARTITION = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

    /** The result of the function for this kind of edge. */
    <T> T fold(Cases<T> cases);

    /** One function for each kind of edge; a new kind is a new function, which every caller must give. */
    record Cases<T>(
            Supplier<T> earliest,
            Supplier<T> latest,
            Supplier<T> now,
            LongFunction<T> offset,
            Function<Map<Integer, Long>, T> offsets,
            Function<Instant, T> time) {}

    /** The oldest record that the topic still holds. */
    record Earliest() implements Edge {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.earliest().get();
        }

        @Override
        public String toString() {
            return "earliest";
        }
    }

    /** Behind the newest record when the replay is planned. */
    record Latest() implements Edge {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.latest().get();
        }

        @Override
        public String toString() {
            return "latest";
        }
    }

    /** Behind the newest record when the replay is planned, whatever its timestamp says. */
    record Now() implements Edge {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.now().get();
        }

        @Override
        public String toString() {
            return "now";
        }
    }

    /** The same offset in each partition. */
    record Offset(long offset) implements Edge {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.offset().apply(offset);
        }

        @Override
        public String toString() {
            return Long.toString(offset);
        }
    }

    /** An offset for each partition; those that are not named are left out of the replay. */
    record Offsets(Map<Integer, Long> byPartition) implements Edge {
        public Offsets {
            byPartition = Map.copyOf(byPartition);
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.offsets().apply(byPartition);
        }

        @Override
        public String toString() {
            return new TreeMap<>(byPartition)
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + ":" + entry.getValue())
                            .collect(Collectors.joining(","));
        }
    }

    /** The first record of each partition whose timestamp is not before this time. */
    record Time(Instant time) implements Edge {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.time().apply(time);
        }

        @Override
        public String toString() {
            return time.toString();
        }
    }

    /** True if the same words mean something else at another time. */
    default boolean isRelative() {
        return fold(new Cases<Boolean>(
                () -> true, () -> true, () -> true, offset -> false, offsets -> false, time -> false));
    }

    /** The offset that is the same in each partition; empty for all other kinds. */
    default Optional<Long> sameOffset() {
        return fold(new Cases<Optional<Long>>(
                Optional::empty,
                Optional::empty,
                Optional::empty,
                Optional::of,
                offsets -> Optional.empty(),
                time -> Optional.empty()));
    }

    /** The offsets by partition; empty for all other kinds. */
    default Optional<Map<Integer, Long>> namedOffsets() {
        return fold(new Cases<Optional<Map<Integer, Long>>>(
                Optional::empty,
                Optional::empty,
                Optional::empty,
                offset -> Optional.empty(),
                Optional::of,
                time -> Optional.empty()));
    }

    /** The time; empty for all other kinds. */
    default Optional<Instant> instant() {
        return fold(new Cases<Optional<Instant>>(
                Optional::empty,
                Optional::empty,
                Optional::empty,
                offset -> Optional.empty(),
                offsets -> Optional.empty(),
                Optional::of));
    }

    /**
     * Reads what a person wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Edge parse(String text) {
        return switch (text) {
            case "earliest" -> new Earliest();
            case "latest" -> new Latest();
            case "now" -> new Now();
            default -> offsetOrTime(text);
        };
    }

    private static Edge offsetOrTime(String text) {
        if (OFFSET.matcher(text).matches()) {
            return new Offset(Long.parseLong(text));
        }
        if (text.matches("[\\d:,]+")) {
            return offsets(text);
        }
        try {
            return new Time(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw unknown(text, e);
        }
    }

    private static Edge offsets(String text) {
        Map<Integer, Long> byPartition = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = OFFSET_OF_PARTITION.matcher(part);
            if (!matcher.matches()) {
                throw unknown(text, null);
            }
            int partition = Integer.parseInt(matcher.group(1));
            if (byPartition.put(partition, Long.parseLong(matcher.group(2))) != null) {
                throw new IllegalArgumentException("expected each partition once, found %d twice".formatted(partition));
            }
        }
        return new Offsets(byPartition);
    }

    private static IllegalArgumentException unknown(String text, Exception cause) {
        return new IllegalArgumentException(
                "expected earliest, latest, now, an offset, offsets by partition such as 0:120,1:80, or a time such as 2026-05-01T12:00:00Z, found \"%s\""
                        .formatted(text),
                cause);
    }
}
