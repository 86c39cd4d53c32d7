package dev.cyclestream.topic;

import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongConsumer;

/** The translated images of a topic that were made under one split of a roll-out, counted as they come. */
public final class ImagesOfSplit implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final CommittedReader reader;
    private final ImageRecords images;
    private final long split;
    private long count;

    /**
     * Opens a topic that exists.
     *
     * @param split number of it
     */
    public ImagesOfSplit(KafkaConnection connection, String topic, long split) {
        this.split = split;
        reader = new CommittedReader(connection, topic);
        images = new ImageRecords(connection.serdes(), topic);
    }

    /**
     * Waits until there are so many, but no longer than this.
     *
     * @param progress is told how many there are
     * @return how many there are
     */
    public long await(long wanted, Duration longest, LongConsumer progress) {
        long end = System.nanoTime() + longest.toNanos();
        while (count < wanted && System.nanoTime() < end) {
            reader.poll(POLL)
                    .forEach(record -> images.read(record)
                            .flatMap(TopicRecord::translated)
                            .filter(image ->
                                    Objects.equals(image.getProvenance().getSplit(), split))
                            .ifPresent(image -> count++));
            progress.accept(count);
        }
        return count;
    }

    @Override
    public void close() {
        reader.close();
    }
}
