package dev.cyclestream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    @Test
    void memoryIsGivenBackWhateverThisJavaOffersForThat() {
        assertThatCode(() -> new ProcessMemory().afterStep(100)).doesNotThrowAnyException();
    }

    @Test
    void heapKeepsLittleThatIsFree() {
        new ProcessMemory();
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        assertThat(machine.getVMOption("MinHeapFreeRatio").getValue()).isEqualTo("20");
        assertThat(machine.getVMOption("MaxHeapFreeRatio").getValue()).isEqualTo("40");
    }
}
