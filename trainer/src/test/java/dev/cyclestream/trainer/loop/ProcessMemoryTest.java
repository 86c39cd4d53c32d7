package dev.cyclestream.trainer.loop;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    @Test
    void memoryIsGivenBackWhateverThisJavaOffersForThat() {
        assertThatCode(() -> new ProcessMemory().afterStep(100)).doesNotThrowAnyException();
    }
}
