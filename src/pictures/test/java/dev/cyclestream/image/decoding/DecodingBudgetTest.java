package dev.cyclestream.image.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.image.ImageRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DecodingBudgetTest {

    private final DecodingBudget budget = new DecodingBudget(10 << 20);

    @Test
    void imageWaitsUntilThereIsRoom() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Thread second = new Thread(() -> {
            spend(6, () -> null);
            done.countDown();
        });
        spend(6, () -> {
            second.start();
            assertThat(finishes(done, 100)).isFalse();
            return null;
        });
        assertThat(finishes(done, 10_000)).isTrue();
    }

    @Test
    void smallOnesAreDecodedSideBySide() {
        CountDownLatch done = new CountDownLatch(1);
        spend(4, () -> {
            new Thread(() -> spend(5, () -> {
                        done.countDown();
                        return null;
                    }))
                    .start();
            assertThat(finishes(done, 10_000)).isTrue();
            return null;
        });
    }

    @Test
    void imageThatNeverHasRoomIsRefused() {
        assertThatThrownBy(() -> spend(11, () -> null))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessage(
                        "expected to take at most 10 MiB of memory while it is decoded, found 11 MiB; a larger heap takes larger images");
    }

    private void spend(int mebibytes, DecodingBudget.Work work) {
        try {
            budget.spend((long) mebibytes << 20, work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean finishes(CountDownLatch done, long millis) {
        try {
            return done.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
