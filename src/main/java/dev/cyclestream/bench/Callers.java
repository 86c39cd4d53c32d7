package dev.cyclestream.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that ask a generator for images at the same time. */
final class Callers {

    private Callers() {}

    /**
     * Lets so many threads do the same; waits for all of them.
     *
     * @throws IllegalStateException if one of them fails
     */
    static <T> List<T> run(int count, Callable<T> task) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        List<Future<T>> futures = new ArrayList<>();
        for (int caller = 0; caller < count; caller++) {
            futures.add(threads.submit(task));
        }
        threads.shutdown();
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        "translating failed: " + e.getCause().getMessage(), e);
            }
        }
        return results;
    }
}
