package dev.cyclestream.deadletter;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts at an input, up to three, where nobody can say what is at fault: an {@link OutOfMemoryError}, a
 * {@link StackOverflowError}, a generator that does not like one size, a fault in a library. All attempts are made at once,
 * on the spot: nothing was sent yet, so no transaction has to be given up, and the count cannot be lost. The second and third
 * attempt are made alone, while no other thread of the instance has an image in hand: then it was not the neighbour's memory.
 * Before that, the generator must pass a trial. What fails then is not taken for the fault of the input.
 */
public final class Attempts {

    /** The number of times that an input may fail. */
    public static final int MOST = 3;

    private static final Logger LOGGER = LoggerFactory.getLogger(Attempts.class);

    private final ReadWriteLock hands = new ReentrantReadWriteLock();
    private final Consumer<Throwable> retried;

    /** @param retried is told why an attempt is made again */
    public Attempts(Consumer<Throwable> retried) {
        this.retried = retried;
    }

    /**
     * Makes attempts until one succeeds.
     *
     * @param input names it in messages
     * @param alone whether the first attempt, too, is made with no other image in hand
     * @param attempt may be made several times
     * @param trial fails if the fault is not the input's
     * @throws EventRejectedException if no attempt succeeds
     * @throws InstanceFailedException if the trial fails
     */
    public <T> T make(String input, boolean alone, Supplier<T> attempt, Runnable trial) {
        Throwable failure;
        Lock first = alone ? hands.writeLock() : hands.readLock();
        first.lock();
        try {
            return attempt.get();
        } catch (RuntimeException | Error e) {
            requireCounted(e);
            failure = e;
        } finally {
            first.unlock();
        }
        Lock later = hands.writeLock();
        later.lock();
        try {
            return again(input, attempt, trial, failure);
        } finally {
            later.unlock();
        }
    }

    private <T> T again(String input, Supplier<T> attempt, Runnable trial, Throwable first) {
        Throwable failure = first;
        for (int made = 1; made < MOST; made++) {
            LOGGER.warn("{}: attempt {} of {} failed: {}", input, made, MOST, FailureKind.describeRoot(failure));
            retried.accept(failure);
            require(trial);
            try {
                return attempt.get();
            } catch (RuntimeException | Error e) {
                requireCounted(e);
                failure = e;
            }
        }
        require(trial);
        throw repeatedly(MOST, failure);
    }

    /** The rejection of an input that failed too often. */
    static EventRejectedException repeatedly(int attempts, Throwable failure) {
        return new EventRejectedException(
                EventRejectedException.Reason.FAILED_REPEATEDLY,
                "%d attempts failed, the last of %s".formatted(attempts, FailureKind.describeRoot(failure)),
                failure);
    }

    private static void require(Runnable trial) {
        try {
            trial.run();
        } catch (RuntimeException | Error e) {
            throw new InstanceFailedException(
                    "the generator fails for every image: "
                            + FailureKind.rootOf(e).getMessage(),
                    e);
        }
    }

    private static void requireCounted(Throwable failure) {
        if (FailureKind.of(failure) == FailureKind.COUNTED) {
            return;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
