package dev.cyclestream.stream;

import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.FailureKind;
import dev.cyclestream.kafka.InputTopicMadeAnewException;
import dev.cyclestream.progress.Reminder;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The decision after a stream thread has failed: whether a new one goes on, and when, or the instance ends. */
final class FailedThreads implements StreamsUncaughtExceptionHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailedThreads.class);

    private final Books books;
    private final boolean bounded;
    private final CountDownLatch closing;
    private final Supplier<Collection<TopicPartition>> partitions;
    private final Backoff backoff = new Backoff();
    private final Reminder reminder = new Reminder();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * For the threads of an instance.
     *
     * @param bounded whether the instance is a replay's
     * @param closing ends all waiting
     * @param partitions of the thread that asks
     */
    FailedThreads(
            Books books, boolean bounded, CountDownLatch closing, Supplier<Collection<TopicPartition>> partitions) {
        this.books = books;
        this.bounded = bounded;
        this.closing = closing;
        this.partitions = partitions;
    }

    /** Asked on the stream thread that failed: waiting here keeps its partitions, and its group is told that it lives. */
    @Override
    public StreamThreadExceptionResponse handle(Throwable thrown) {
        // The thread ends of it, too, and the virtual machine would print it past the log.
        Thread.currentThread().setUncaughtExceptionHandler((thread, said) -> {});
        if (!isWorthAnotherTry(thrown)) {
            failure.compareAndSet(null, thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Duration wait = backoff.next();
        String why = FailureKind.describeRoot(thrown);
        books.progress().retried(FailureKind.retryCause(thrown));
        books.progress().waits(partitions.get(), why);
        if (reminder.isDue(why)) {
            LOGGER.warn("tries again in {} ms, and goes on trying; nothing is lost: {}", wait.toMillis(), why);
        }
        try {
            boolean closes = closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            return closes
                    ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                    : StreamThreadExceptionResponse.REPLACE_THREAD;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
    }

    /** A failure that passes by itself is; so is one that a record may cause, until it is clear that none does. */
    private boolean isWorthAnotherTry(Throwable thrown) {
        if (bounded && FailureKind.rootOf(thrown) instanceof InputTopicMadeAnewException) {
            return false; // its offsets are those of the topic that was planned
        }
        FailureKind kind = FailureKind.of(thrown);
        return kind == FailureKind.TRANSIENT
                || (kind == FailureKind.COUNTED && books.failed().blame(thrown));
    }

    /** The failure that ends the instance; empty if there is none. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }
}
