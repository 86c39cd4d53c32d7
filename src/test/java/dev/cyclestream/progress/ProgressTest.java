package dev.cyclestream.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.checkpoint.Maker;
import dev.cyclestream.event.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final TopicPartition PARTITION = new TopicPartition("images.a", 3);

    private static final Maker CANDIDATE = new Maker(Direction.A_TO_B, "b".repeat(64), "b.onnx", "candidate");

    private final AtomicLong now = new AtomicLong(10_000);
    private final Counts counts = new Counts();
    private final Progress progress = new Progress(counts, now::get);

    private static final class Counts implements ProgressListener {
        private final List<CommittedInput> committed = new ArrayList<>();
        private long expired;

        @Override
        public void committed(CommittedInput input) {
            committed.add(input);
        }

        @Override
        public void expired(String topic, int partition, long offsets) {
            expired += offsets;
        }
    }

    @Test
    void inputCountsWhenItIsCommittedHoweverOftenItWasRead() {
        poll(7, 1000, 2000);
        progress.dropped(List.of(PARTITION)); // undone
        poll(7, 1000, 2000);
        progress.chosen(PARTITION, 8, CANDIDATE);
        progress.deadLetter(PARTITION, 8, "NOT_AN_IMAGE");
        assertThat(counts.committed).isEmpty();
        commit(9);
        commit(9);
        assertThat(counts.committed)
                .containsExactly(
                        new ProgressListener.CommittedInput(
                                "images.a", Optional.empty(), Optional.of(Duration.ofSeconds(9)), Optional.empty()),
                        new ProgressListener.CommittedInput(
                                "images.a",
                                Optional.of("NOT_AN_IMAGE"),
                                Optional.of(Duration.ofSeconds(8)),
                                Optional.of(CANDIDATE)));
        assertThat(progress.images()).isEqualTo(1);
        assertThat(progress.deadLetters()).isEqualTo(1);
    }

    @Test
    void deadLetterThatWasNotCommittedIsForgotten() {
        poll(7, 1000);
        progress.deadLetter(PARTITION, 7, "FAILED_REPEATEDLY");
        poll(7, 1000); // read again by another thread
        commit(8);
        assertThat(progress.images()).isEqualTo(1);
        assertThat(progress.deadLetters()).isZero();
    }

    @Test
    void ageIsThatOfTheFirstInputInHand() {
        assertThat(oldest()).isEmpty();
        poll(7, 9000, 1000, 4000);
        assertThat(oldest()).contains(Duration.ofSeconds(1));
        commit(8);
        assertThat(oldest()).contains(Duration.ofSeconds(9));
        now.set(500); // a clock that was set back, or a record from the future
        assertThat(oldest()).contains(Duration.ZERO);
        commit(10);
        assertThat(oldest()).isEmpty();
    }

    @Test
    void recordWithoutTimestampHasNoAge() {
        poll(7, -1);
        assertThat(oldest()).isEmpty();
        commit(8);
        assertThat(counts.committed.get(0).latency()).isEmpty();
    }

    @Test
    void nothingIsLeftToDoBehindTheLastInputOnceItIsCommitted() {
        progress.polled(polled(9, 7, 1000)); // the marker of a transaction at 8
        assertThat(progress.doneUpTo(PARTITION)).isEmpty();
        commit(8);
        assertThat(progress.doneUpTo(PARTITION)).hasValue(9);
    }

    @Test
    void troubleIsOverWithACommitOrWhenNothingWasHeardOfIt() {
        progress.waits(List.of(PARTITION), "disk full");
        assertThat(progress.trouble()).contains("disk full");
        commit(8);
        assertThat(progress.trouble()).isEmpty();
        progress.waits(List.of(PARTITION), "disk full");
        now.addAndGet(29_000);
        assertThat(progress.trouble()).isPresent();
        now.addAndGet(2_000);
        assertThat(progress.trouble()).isEmpty();
    }

    @Test
    void expiredOffsetsAreCounted() {
        progress.expired(PARTITION, 10, 25);
        assertThat(counts.expired).isEqualTo(15);
        assertThat(progress.expired()).isEqualTo(15);
    }

    private Optional<Duration> oldest() {
        return progress.age(progress.firstTimestamp(PARTITION));
    }

    private void poll(long offset, long... timestamps) {
        progress.polled(polled(offset + timestamps.length, offset, timestamps));
    }

    private static ConsumerRecords<byte[], byte[]> polled(long next, long offset, long... timestamps) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int index = 0; index < timestamps.length; index++) {
            records.add(new ConsumerRecord<>(
                    PARTITION.topic(),
                    PARTITION.partition(),
                    offset + index,
                    timestamps[index],
                    TimestampType.CREATE_TIME,
                    0,
                    0,
                    null,
                    new byte[0],
                    new RecordHeaders(),
                    Optional.empty()));
        }
        return new ConsumerRecords<>(Map.of(PARTITION, records), Map.of(PARTITION, new OffsetAndMetadata(next)));
    }

    private void commit(long next) {
        progress.committed(Map.of(PARTITION, new OffsetAndMetadata(next)));
    }
}
