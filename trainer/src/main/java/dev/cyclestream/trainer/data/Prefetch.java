package dev.cyclestream.trainer.data;

import dev.cyclestream.trainer.data.UnpairedSampler.UnpairedImages;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prepares the images of the next steps on other threads while a step is taken. What a step gets and in which order does not
 * depend on the threads.
 */
public final class Prefetch implements AutoCloseable {

    private final UnpairedSampler sampler;
    private final int threads;
    private final ExecutorService executor;
    private final Deque<Future<UnpairedImages>> ahead = new ArrayDeque<>();
    private long nextStep;

    /**
     * Begins at once.
     *
     * @param firstStep index of the first step that will ask
     * @param threads that decode; as many steps are prepared ahead as there are threads, and one more
     */
    public Prefetch(UnpairedSampler sampler, long firstStep, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("prefetch threads: expected at least 1, found " + threads);
        }
        this.sampler = sampler;
        this.threads = threads;
        this.nextStep = firstStep;
        executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "prefetch");
            thread.setDaemon(true);
            return thread;
        });
        fill();
    }

    /**
     * The images of the next step, waiting for them if need be.
     *
     * @throws InvalidDataException if a picture cannot be decoded
     */
    public UnpairedImages next() throws IOException {
        Future<UnpairedImages> oldest = ahead.remove();
        fill();
        try {
            return oldest.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidDataException invalid) {
                throw new InvalidDataException(invalid.getMessage(), e);
            }
            throw new IOException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for training images", e);
        }
    }

    private void fill() {
        while (ahead.size() <= threads) {
            long step = nextStep++;
            ahead.add(executor.submit(() -> sampler.images(step)));
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
