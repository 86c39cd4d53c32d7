package dev.cyclestream.rollout.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.inference.GeneratorFailedException;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.live.TranslatorPool.Lease;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TranslatorPoolTest {

    private final TranslatorPool pool = new TranslatorPool();
    private final ImageTranslator a = Variants.translator('a');
    private final ImageTranslator b = Variants.translator('b');

    @AfterEach
    void close() {
        pool.close();
        a.close();
        b.close();
    }

    @Test
    void lendsWhatIsLoaded() {
        pool.need(this, Set.of(sha256(a)));
        pool.put(a);

        try (Lease lease = pool.lend(sha256(a)).orElseThrow()) {
            assertThat(lease.translator()).isSameAs(a);
        }
        assertThat(pool.lend(sha256(b))).isEmpty();
    }

    @Test
    void closesWhatNobodyNeeds() {
        pool.need("partition 0", Set.of(sha256(a)));
        pool.need("partition 1", Set.of(sha256(a), sha256(b)));
        pool.put(a);
        pool.put(b);

        pool.need("partition 1", Set.of(sha256(b)));
        assertThat(pool.loaded()).containsExactlyInAnyOrder(sha256(a), sha256(b));

        pool.need("partition 0", Set.of());
        assertThat(pool.loaded()).containsExactly(sha256(b));
        assertClosed(a);
    }

    @Test
    void whatIsLentIsClosedWhenItComesBack() {
        pool.need(this, Set.of(sha256(a)));
        pool.put(a);
        Lease lease = pool.lend(sha256(a)).orElseThrow();

        pool.need(this, Set.of());
        lease.translator().requireRunning();

        lease.close();
        assertClosed(a);
        assertThat(pool.loaded()).isEmpty();
    }

    @Test
    void theSameCheckpointIsKeptOnce() {
        ImageTranslator again = Variants.translator('a');
        pool.need(this, Set.of(sha256(a)));
        pool.put(a);

        pool.put(again);

        assertClosed(again);
        a.requireRunning();
    }

    private static String sha256(ImageTranslator translator) {
        return translator.checkpoint().sha256();
    }

    private static void assertClosed(ImageTranslator translator) {
        assertThatThrownBy(translator::requireRunning).isInstanceOf(GeneratorFailedException.class);
    }
}
