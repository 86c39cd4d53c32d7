package dev.cyclestream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.picture.Picture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatcherTest {

    private final ExecutorService callers = Executors.newFixedThreadPool(16);
    private final FakeGenerator generator = new FakeGenerator();

    @AfterEach
    void stopCallers() throws InterruptedException {
        callers.shutdownNow();
        assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void eachCallerGetsItsOwnImage() {
        try (Batcher batcher = new Batcher(generator, new Parallelism(3, 4))) {
            List<CompletableFuture<Void>> calls = new ArrayList<>();
            for (int value = 0; value < 200; value++) {
                Picture image = image(16 + value % 3, value);
                calls.add(CompletableFuture.runAsync(
                        () -> assertThat(batcher.translate(image).image()).isEqualTo(FakeGenerator.negative(image)),
                        callers));
            }
            calls.forEach(CompletableFuture::join);
        }
        assertThat(generator.batches().stream().mapToInt(size -> size).sum()).isEqualTo(200);
        assertThat(generator.batches()).allMatch(size -> size <= 4);
    }

    @Test
    void whatWaitsBehindABusyDeviceRunsTogetherBySize() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        Generator busy = new Busy(generator, free);
        try (Batcher batcher = new Batcher(busy, new Parallelism(1, 8))) {
            List<CompletableFuture<Batcher.Result>> calls = new ArrayList<>();
            calls.add(CompletableFuture.supplyAsync(() -> batcher.translate(image(16, 0)), callers));
            waitForBatches(1);
            for (int value = 1; value <= 5; value++) {
                Picture small = image(16, value);
                calls.add(CompletableFuture.supplyAsync(() -> batcher.translate(small), callers));
            }
            for (int value = 6; value <= 8; value++) {
                Picture large = image(20, value);
                calls.add(CompletableFuture.supplyAsync(() -> batcher.translate(large), callers));
            }
            Thread.sleep(Duration.ofMillis(300).toMillis()); // until all of them wait
            free.countDown();
            calls.forEach(CompletableFuture::join);
        }
        assertThat(generator.batches()).containsExactlyInAnyOrder(1, 5, 3);
    }

    @Test
    void whatMayWaitForIdlenessComesAfterAllOthers() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        List<Integer> widths = new CopyOnWriteArrayList<>();
        Generator seeing = new Seeing(new Busy(generator, free), widths);
        try (Batcher batcher = new Batcher(seeing, new Parallelism(1, 1))) {
            List<CompletableFuture<Batcher.Result>> calls = new ArrayList<>();
            calls.add(CompletableFuture.supplyAsync(() -> batcher.translate(image(16, 0)), callers));
            waitForBatches(1);
            calls.add(CompletableFuture.supplyAsync(() -> batcher.translateWhenIdle(image(17, 0)), callers));
            Thread.sleep(Duration.ofMillis(300).toMillis()); // until it waits
            for (int value = 1; value <= 3; value++) {
                Picture image = image(20, value);
                calls.add(CompletableFuture.supplyAsync(() -> batcher.translate(image), callers));
            }
            Thread.sleep(Duration.ofMillis(300).toMillis()); // until all of them wait
            free.countDown();
            calls.forEach(CompletableFuture::join);
        }
        assertThat(widths).containsExactly(16, 20, 20, 20, 17);
    }

    @Test
    void failureReachesEveryoneWhoWaitsForIt() {
        Generator broken = new Broken();
        try (Batcher batcher = new Batcher(broken, new Parallelism(1, 1))) {
            assertThatThrownBy(() -> batcher.translate(image(16, 1)))
                    .isInstanceOf(GeneratorFailedException.class)
                    .hasMessage("translating failed: no memory")
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
            assertThatThrownBy(() -> batcher.translate(image(16, 1))).isInstanceOf(GeneratorFailedException.class);
        }
    }

    @Test
    void closedBatcherTakesNothingAndHasFinishedWhatWaited() {
        Batcher batcher = new Batcher(generator, new Parallelism(2, 1));
        List<CompletableFuture<Batcher.Result>> calls = new ArrayList<>();
        for (int value = 0; value < 8; value++) {
            Picture image = image(16, value);
            calls.add(CompletableFuture.supplyAsync(() -> batcher.translate(image), callers));
        }
        calls.forEach(CompletableFuture::join);
        batcher.close();
        assertThatThrownBy(() -> batcher.translate(image(16, 1))).hasMessage("the generator is closed");
    }

    private void waitForBatches(int count) throws InterruptedException {
        while (generator.batches().size() < count) {
            Thread.sleep(5);
        }
    }

    private static Picture image(int width, int value) {
        byte[] samples = new byte[width * 16 * Picture.CHANNELS];
        java.util.Arrays.fill(samples, (byte) value);
        return new Picture(width, 16, samples);
    }

    /** Is busy with its first batch until it is told that it is free. */
    private record Busy(Generator generator, CountDownLatch free) implements Generator {
        @Override
        public List<Picture> translate(List<Picture> images) {
            List<Picture> translated = generator.translate(images);
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return translated;
        }

        @Override
        public String device() {
            return generator.device();
        }

        @Override
        public void close() {
            generator.close();
        }
    }

    /** Remembers the widths of what it is given. */
    private record Seeing(Generator generator, List<Integer> widths) implements Generator {
        @Override
        public List<Picture> translate(List<Picture> images) {
            images.forEach(image -> widths.add(image.width()));
            return generator.translate(images);
        }

        @Override
        public String device() {
            return generator.device();
        }

        @Override
        public void close() {
            generator.close();
        }
    }

    private static final class Broken implements Generator {
        @Override
        public List<Picture> translate(List<Picture> images) {
            throw new OutOfMemoryError("no memory");
        }

        @Override
        public String device() {
            return "broken";
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
