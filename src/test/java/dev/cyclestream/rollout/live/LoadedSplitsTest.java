package dev.cyclestream.rollout.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.Announcement.Action;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.Split.Candidate;
import dev.cyclestream.rollout.Splits;
import dev.cyclestream.storage.AwayStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadedSplitsTest {

    private final TranslatorPool pool = new TranslatorPool();
    private final Map<String, Throwable> faults = new HashMap<>();
    private final List<String> tried = new ArrayList<>();
    private final Splits announced = new Splits();
    private long nanos;
    private final LoadedSplits splits = new LoadedSplits(pool, this::load, () -> nanos);

    @BeforeEach
    void beginWithA() {
        splits.begin(Variants.named('a'), Variants.translator('a'));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void whatTheInstanceBeganWithWorksAsLongAsNothingIsAnnounced() {
        splits.load(Schedule.EMPTY);

        assertThat(splits.available(Direction.A_TO_B)).isEmpty();
        assertThat(pool.lend(Variants.named('a'))).isPresent();
        assertThat(tried).isEmpty();
    }

    @Test
    void aSplitIsAvailableOnceAllOfItIsLoaded() {
        splits.load(start(1, 'a', 'b'));

        assertThat(splits.available(Direction.A_TO_B).map(Split::number)).contains(1L);
        assertThat(tried).containsExactly("b.onnx");
        assertLoaded('a', 'b');
    }

    @Test
    void whatNoSplitNeedsAnyMoreIsClosed() {
        splits.load(start(1, 'a', 'b'));
        splits.load(announced.announce(Action.PROMOTE, split(2, 'b')).schedule());

        assertThat(splits.available(Direction.A_TO_B).map(Split::number)).contains(2L);
        assertLoaded('b');
    }

    @Test
    void oneHundredRolloutsLeaveNoMoreThanOne() {
        char[] letters = {'a', 'b'};
        long number = 1;
        for (int rollout = 0; rollout < 100; rollout++) {
            char stable = letters[rollout % 2];
            char candidate = letters[(rollout + 1) % 2];
            splits.load(start(number++, stable, candidate));
            splits.load(announced
                    .announce(Action.PROMOTE, split(number++, candidate))
                    .schedule());
            assertLoaded(candidate);
        }
        assertThat(tried).hasSize(100);
    }

    @Test
    void whatCannotBeLoadedIsToldAndTheSplitBeforeGoesOn() {
        splits.load(start(1, 'a', 'b'));
        faults.put("c.onnx", new InvalidCheckpointException("c.onnx: self-test: expected less, found more"));

        splits.load(start(2, 'a', 'c'));

        assertThat(splits.available(Direction.A_TO_B).map(Split::number)).contains(1L);
        assertLoaded('a', 'b');
        LoadedSplits.Failure failure =
                splits.failure(Variants.named('c').sha256()).orElseThrow();
        assertThat(failure.reason()).isEqualTo("c.onnx: self-test: expected less, found more");
        assertThat(failure.lasting()).isTrue();
    }

    @Test
    void whatIsAwayIsTriedAgainSoon() {
        faults.put("b.onnx", AwayStorage.failure("s3 is away"));
        Schedule schedule = start(1, 'a', 'b');
        splits.load(schedule);
        splits.load(schedule);
        assertThat(tried).hasSize(1);
        assertThat(splits.failure(Variants.named('b').sha256()).orElseThrow().lasting())
                .isFalse();

        faults.clear();
        nanos += Duration.ofSeconds(3).toNanos();
        splits.load(schedule);

        assertThat(splits.available(Direction.A_TO_B).map(Split::number)).contains(1L);
        assertThat(splits.failure(Variants.named('b').sha256())).isEmpty();
    }

    @Test
    void memoryThatEndsWhileLoadingEndsNothingElse() {
        faults.put("b.onnx", new OutOfMemoryError("Java heap space"));

        splits.load(start(1, 'a', 'b'));

        assertThat(splits.available(Direction.A_TO_B)).isEmpty();
        assertLoaded('a');
        assertThat(splits.failure(Variants.named('b').sha256()).orElseThrow().lasting())
                .isFalse();
    }

    @Test
    void aSplitThatDoesNotPassTheLastCheckIsNotAvailable() {
        List<Long> checked = new ArrayList<>();
        splits.check((split, translators) -> {
            checked.add(split.number());
            return translators.size() == 2 ? Optional.of("a transaction may last too long") : Optional.empty();
        });
        Schedule schedule = start(1, 'a', 'b');
        splits.load(schedule);
        splits.load(schedule);

        assertThat(splits.available(Direction.A_TO_B)).isEmpty();
        assertThat(splits.failures())
                .containsExactlyEntriesOf(Map.of(Variants.named('b').sha256(), "a transaction may last too long"));

        splits.load(announced.announce(Action.PROMOTE, split(2, 'b')).schedule());

        assertThat(splits.available(Direction.A_TO_B).map(Split::number)).contains(2L);
        assertThat(splits.failures()).isEmpty();
        assertThat(checked).containsExactly(1L, 2L);
    }

    @Test
    void aFullDiskIsNotTheFaultOfTheCheckpoint() {
        faults.put("b.onnx", new UncheckedIOException("b.onnx: no space left", new IOException("no space left")));

        splits.load(start(1, 'a', 'b'));

        assertThat(splits.failure(Variants.named('b').sha256()).orElseThrow().lasting())
                .isFalse();
    }

    @Test
    void whatAPartitionWantsIsLoadedAndKeptWhileItNeedsIt() {
        splits.load(start(1, 'a', 'b'));
        splits.load(announced.announce(Action.PROMOTE, split(2, 'b')).schedule());
        pool.need("partition 3", Set.of(Variants.named('a')));

        splits.want(Variants.named('a'), Direction.A_TO_B);
        splits.load(announced.schedule());
        assertLoaded('a', 'b');

        pool.need("partition 3", Set.of());
        assertLoaded('b');
    }

    private ImageTranslator load(NamedCheckpoint named, Direction direction) {
        tried.add(named.name());
        Throwable fault = faults.get(named.name());
        if (fault instanceof Error error) {
            throw error;
        }
        if (fault != null) {
            throw (RuntimeException) fault;
        }
        return Variants.translator(named.name().charAt(0));
    }

    private Schedule start(long number, char stable, char candidate) {
        Candidate trial = new Candidate(Variants.named(candidate), 0.5, false, "s1");
        return announced
                .announce(Action.START, new Split(number, Direction.A_TO_B, Variants.named(stable), Optional.of(trial)))
                .schedule();
    }

    private static Split split(long number, char stable) {
        return new Split(number, Direction.A_TO_B, Variants.named(stable), Optional.empty());
    }

    private void assertLoaded(char... letters) {
        assertThat(pool.loaded())
                .containsExactlyInAnyOrderElementsOf(new String(letters)
                        .chars()
                        .mapToObj(letter -> Variants.named((char) letter))
                        .toList());
    }
}
