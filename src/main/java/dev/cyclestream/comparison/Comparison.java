package dev.cyclestream.comparison;

import dev.cyclestream.comparison.measure.Findings;
import dev.cyclestream.comparison.measure.Measured;
import dev.cyclestream.comparison.measure.PairMeasurement;
import dev.cyclestream.comparison.measure.SelectedPairs;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.comparison.pairing.Pair;
import dev.cyclestream.comparison.pairing.PairSource;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Compares what two checkpoints, or two of anything, made of the same inputs. Pairs are measured on all cores and counted in
 * their own order, so that the same topics give the same figures.
 */
public final class Comparison implements AutoCloseable {

    private static final int IN_FLIGHT_PER_THREAD = 4;

    private final PairSource pairs;
    private final ComparisonSettings settings;

    private record Waiting(Pair pair, Future<Optional<Measured>> measured) {}

    Comparison(PairSource pairs, ComparisonSettings settings) {
        this.pairs = pairs;
        this.settings = settings;
    }

    /** The direction of the outputs; empty if there are none. */
    public Optional<Direction> direction() {
        return pairs.direction();
    }

    /** Pairs that there will be, at most. */
    public long expected() {
        return pairs.expected();
    }

    /**
     * Measures everything.
     *
     * @param reverse translates outputs back; empty if that is not to be done
     * @param progress is told how many pairs were measured so far
     */
    public ComparisonResult run(Optional<ImageTranslator> reverse, LongConsumer progress) throws IOException {
        Findings findings = new Findings();
        SelectedPairs selected = new SelectedPairs(settings.shown());
        measure(new PairMeasurement(reverse, settings.cycleEvery()), findings, selected, progress);
        return ComparisonResult.judged(
                pairs.sides(), findings, pairs.leftOut(), selected, settings, reverse.map(ImageTranslator::checkpoint));
    }

    private void measure(PairMeasurement measurement, Findings findings, SelectedPairs selected, LongConsumer progress)
            throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(settings.threads());
        Deque<Waiting> waiting = new ArrayDeque<>();
        long[] number = new long[1];
        try {
            pairs.forEach(pair -> {
                long own = number[0]++;
                waiting.add(new Waiting(pair, threads.submit(() -> measurement.measure(own, pair))));
                if (waiting.size() >= IN_FLIGHT_PER_THREAD * settings.threads()) {
                    take(waiting.remove(), findings, selected);
                }
                progress.accept(number[0] - waiting.size());
            });
            while (!waiting.isEmpty()) {
                take(waiting.remove(), findings, selected);
            }
            progress.accept(number[0]);
        } finally {
            threads.shutdownNow();
        }
    }

    private void take(Waiting waiting, Findings findings, SelectedPairs selected) {
        Optional<Measured> measured = get(waiting.measured());
        if (measured.isEmpty()) {
            pairs.leftOut().add(LeftOut.Kind.UNREADABLE, waiting.pair().source());
            return;
        }
        findings.add(measured.get());
        selected.offer(measured.get());
    }

    private static Optional<Measured> get(Future<Optional<Measured>> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        pairs.close();
    }
}
