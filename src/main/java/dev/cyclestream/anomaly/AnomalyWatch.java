package dev.cyclestream.anomaly;

import dev.cyclestream.anomaly.AnomalyListener.Drop;
import dev.cyclestream.checkpoint.Maker;
import dev.cyclestream.event.Direction;
import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.inference.ImageTranslator.Translation;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.progress.Reminder;
import dev.cyclestream.rollout.live.ResultListener;
import dev.cyclestream.rollout.live.TranslatorPool.Lease;
import dev.cyclestream.topic.InputPosition;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches results for what looks wrong. Its detectors look at each on the stream's thread, at next to no cost. Translating back takes
 * as long as translating, so it has a thread and a short queue of its own and gives way to the stream: what does not fit is dropped and
 * counted. Nothing of this makes a record fail or wait.
 */
public final class AnomalyWatch implements ResultListener, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(AnomalyWatch.class);

    /** Each holds a picture of up to 3 MB, at the usual longest side. */
    private static final int LONGEST_QUEUE = 8;

    private final Sampling sampling;
    private final Function<Direction, Optional<Lease>> stable;
    private final AnomalyListener listener;
    private final Reminder reminder = new Reminder();
    private final Thread thread = new Thread(this::work, "anomaly-checks");

    /** The checks that wait; an empty one ends the work. */
    private final BlockingQueue<Optional<Check>> waiting = new ArrayBlockingQueue<>(LONGEST_QUEUE);

    private volatile boolean closed;

    /** A result that is to be translated back. */
    private record Check(Maker maker, Picture input, EncodedImage result) {}

    /**
     * Begins to watch.
     *
     * @param share of the results that are translated back, 0 to 1
     * @param stable lends the translator that is stable in a direction; empty if it is not loaded
     */
    public AnomalyWatch(double share, Function<Direction, Optional<Lease>> stable, AnomalyListener listener) {
        this.sampling = new Sampling(share);
        this.stable = stable;
        this.listener = listener;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void made(Maker maker, InputPosition source, Translation translation) {
        Detector.of(translation.input(), translation.output()).forEach(detector -> listener.found(maker, detector));
        if (sampling.has(source) && !closed) {
            Check check = new Check(maker, translation.input(), translation.result());
            if (!waiting.offer(Optional.of(check))) {
                listener.dropped(maker, Drop.BUSY);
            }
        }
    }

    private void work() {
        try {
            Optional<Check> next = waiting.take();
            while (next.isPresent()) {
                check(next.get());
                next = waiting.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(Check check) {
        try (Borrowed back = new Borrowed(stable.apply(opposite(check.maker().direction())))) {
            if (back.lease().isEmpty()) {
                listener.dropped(check.maker(), Drop.NOT_LOADED);
            } else {
                Picture again = back.lease()
                        .get()
                        .translator()
                        .pixelsWhenIdle(check.result().toBytes());
                listener.checked(check.maker(), CycleError.of(check.input(), again));
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            if (reminder.isDue(String.valueOf(e.getMessage()))) {
                LOGGER.warn(
                        "a result of {} could not be translated back",
                        check.maker().checkpoint(),
                        e);
            }
            listener.dropped(check.maker(), Drop.FAILED);
        }
    }

    /** A translator that may be missing. */
    private record Borrowed(Optional<Lease> lease) implements AutoCloseable {
        @Override
        public void close() {
            lease.ifPresent(Lease::close);
        }
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.A_TO_B ? Direction.B_TO_A : Direction.A_TO_B;
    }

    /** Drops what waits, and returns when nothing is translated back any more. */
    @Override
    public void close() {
        closed = true;
        do {
            waiting.clear();
        } while (!waiting.offer(Optional.empty()));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
