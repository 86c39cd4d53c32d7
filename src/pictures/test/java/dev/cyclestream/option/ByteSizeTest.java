package dev.cyclestream.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @Test
    void sizesAreReadWithTheirUnits() {
        assertThat(ByteSize.parse("8MiB").bytes()).isEqualTo(8 * 1024 * 1024);
        assertThat(ByteSize.parse("3KiB").bytes()).isEqualTo(3072);
        assertThat(ByteSize.parse("100B").bytes()).isEqualTo(100);
        assertThat(ByteSize.parse("40GiB").bytes()).isEqualTo(40L << 30);
        assertThat(ByteSize.parse("2047MiB").length()).isEqualTo(2047 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "MiB", "8MB", "-1MiB", "1.5MiB", ""})
    void otherSizesAreRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a size such as 8MiB, 512KiB or 100B, found \"%s\"", text);
    }
}
