package dev.cyclestream.inference;

import dev.cyclestream.picture.Picture;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Lets many threads share one generator: each caller blocks until its image is translated, and whatever waits when a
 * worker is free runs as one batch, if it has one size. No timer, so no delay when idle and full batches under load.
 *
 * <p>Does not own the generator: close the batcher first, then the generator.
 */
public final class Batcher implements AutoCloseable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Generator generator;
    private final int largestBatch;
    private final List<Thread> workers = new ArrayList<>();
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final Deque<Request> waitingForIdle = new ArrayDeque<>();
    private boolean closed;

    /**
     * An image that is translated.
     *
     * @param queueNanos from the call until a worker took it
     * @param inferenceNanos of the batch that it was in
     * @param processorNanos of the batch's thread: unlike the clock's, the same however busy the machine is with others
     * @param batchSize images in that batch
     */
    public record Result(Picture image, long queueNanos, long inferenceNanos, long processorNanos, int batchSize) {}

    private record Request(Picture image, long since, CompletableFuture<Result> result) {
        boolean hasSizeOf(Request other) {
            return image.width() == other.image.width() && image.height() == other.image.height();
        }
    }

    /**
     * The form of work that suits a device.
     *
     * @param workers batches in flight
     * @param largestBatch images in one
     */
    public record Parallelism(int workers, int largestBatch) {
        public Parallelism {
            if (workers < 1 || largestBatch < 1) {
                throw new IllegalArgumentException(
                        "workers, largest batch: expected at least 1, found %d, %d".formatted(workers, largestBatch));
            }
        }
    }

    public Batcher(Generator generator, Parallelism parallelism) {
        this.generator = generator;
        this.largestBatch = parallelism.largestBatch();
        for (int index = 0; index < parallelism.workers(); index++) {
            Thread worker = new Thread(this::work, "inference-" + index);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
    }

    /**
     * Translates one image; blocks until it is done.
     *
     * @throws GeneratorFailedException if the generator fails, or the batcher is closed
     */
    public Result translate(Picture image) {
        return translate(image, waiting);
    }

    /** Translates one image as soon as no other waits; blocks until it is done. */
    public Result translateWhenIdle(Picture image) {
        return translate(image, waitingForIdle);
    }

    private Result translate(Picture image, Deque<Request> queue) {
        Request request = new Request(image, System.nanoTime(), new CompletableFuture<>());
        synchronized (waiting) {
            if (closed) {
                throw new GeneratorFailedException("the generator is closed");
            }
            queue.add(request);
            waiting.notify();
        }
        try {
            return request.result.join();
        } catch (CompletionException e) {
            throw new GeneratorFailedException(
                    "translating failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private void work() {
        List<Request> batch = nextBatch();
        while (!batch.isEmpty()) {
            run(batch);
            batch = nextBatch();
        }
    }

    /** Waits for work; empty when the batcher is closed and nothing waits any more. */
    private List<Request> nextBatch() {
        synchronized (waiting) {
            while (waiting.isEmpty() && waitingForIdle.isEmpty() && !closed) {
                try {
                    waiting.wait();
                } catch (InterruptedException e) {
                    return List.of();
                }
            }
            List<Request> batch = new ArrayList<>();
            if (waiting.isEmpty() && !waitingForIdle.isEmpty()) {
                batch.add(waitingForIdle.remove());
            }
            Iterator<Request> requests = waiting.iterator();
            while (requests.hasNext() && batch.size() < largestBatch) {
                Request request = requests.next();
                if (batch.isEmpty() || request.hasSizeOf(batch.get(0))) {
                    batch.add(request);
                    requests.remove();
                }
            }
            return batch;
        }
    }

    private void run(List<Request> batch) {
        long start = System.nanoTime();
        long processorStart = THREADS.getCurrentThreadCpuTime();
        try {
            List<Picture> translated =
                    generator.translate(batch.stream().map(Request::image).toList());
            long taken = System.nanoTime() - start;
            long processor = THREADS.getCurrentThreadCpuTime() - processorStart;
            for (int index = 0; index < batch.size(); index++) {
                Request request = batch.get(index);
                request.result.complete(
                        new Result(translated.get(index), start - request.since, taken, processor, batch.size()));
            }
        } catch (RuntimeException | Error e) {
            // Whoever waits must hear of it, also of an OutOfMemoryError.
            batch.forEach(request -> request.result.completeExceptionally(e));
        }
    }

    /** Takes no more images, finishes those that wait, and returns when the workers are done with the generator. */
    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
            waiting.notifyAll();
        }
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
