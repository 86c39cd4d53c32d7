package dev.cyclestream.rollout.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.inference.GeneratorFailedException;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.NamedCheckpoint;
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
        pool.need(this, Set.of(named(a)));
        pool.put(named(a), a);

        try (Lease lease = pool.lend(named(a)).orElseThrow()) {
            assertThat(lease.translator()).isSameAs(a);
        }
        assertThat(pool.lend(named(b))).isEmpty();
    }

    @Test
    void closesWhatNobodyNeeds() {
        pool.need("partition 0", Set.of(named(a)));
        pool.need("partition 1", Set.of(named(a), named(b)));
        pool.put(named(a), a);
        pool.put(named(b), b);

        pool.need("partition 1", Set.of(named(b)));
        assertThat(pool.loaded()).containsExactlyInAnyOrder(named(a), named(b));

        pool.need("partition 0", Set.of());
        assertThat(pool.loaded()).containsExactly(named(b));
        assertClosed(a);
    }

    @Test
    void whatIsLentIsClosedWhenItComesBack() {
        pool.need(this, Set.of(named(a)));
        pool.put(named(a), a);
        Lease lease = pool.lend(named(a)).orElseThrow();

        pool.need(this, Set.of());
        lease.translator().requireRunning();

        lease.close();
        assertClosed(a);
        assertThat(pool.loaded()).isEmpty();
    }

    @Test
    void theSameCheckpointIsKeptOnce() {
        ImageTranslator again = Variants.translator('a');
        pool.need(this, Set.of(named(a)));
        pool.put(named(a), a);

        pool.put(named(again), again);

        assertClosed(again);
        a.requireRunning();
    }

    @Test
    void oneFileUnderTwoNamesIsTwoSinceImagesNameIt() {
        NamedCheckpoint other = new NamedCheckpoint(a.checkpoint().sha256(), "other.onnx", "file:///other.onnx");
        pool.need(this, Set.of(named(a), other));
        pool.put(named(a), a);

        assertThat(pool.lend(other)).isEmpty();
    }

    private static NamedCheckpoint named(ImageTranslator translator) {
        return NamedCheckpoint.of(translator.checkpoint(), "file:///somewhere");
    }

    private static void assertClosed(ImageTranslator translator) {
        assertThatThrownBy(translator::requireRunning).isInstanceOf(GeneratorFailedException.class);
    }
}
