package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadTest {

    @Test
    void gapThatWasMetTwiceIsCountedOnce() {
        List<Unread> unread = List.of(
                new Unread(0, 5, 9, "deleted"),
                new Unread(1, 0, 2, "deleted"),
                new Unread(0, 3, 7, "deleted"),
                new Unread(0, 9, 11, "open"),
                new Unread(0, 20, 21, "deleted"));
        assertThat(Unread.merged(unread))
                .containsExactly(
                        new Unread(0, 3, 9, "deleted"),
                        new Unread(0, 9, 11, "open"),
                        new Unread(0, 20, 21, "deleted"),
                        new Unread(1, 0, 2, "deleted"));
        assertThat(Unread.describe(Unread.merged(unread))).startsWith("11 offsets that were not read: ");
    }
}
