package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.ImageEvent;
import java.nio.ByteBuffer;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.kafka.common.serialization.Serde;

/** Whatever bytes come, they are an event or unreadable for good, so that no one waits for a registry that is not at fault. */
class ImageEventFuzzTest {

    private static final int WIRE_HEADER = 5;

    private final Serde<ImageEvent> serde = new EventSerdes("mock://fuzz").imageEvents();
    private final byte[] event = serde.serializer().serialize("images.a", TestImages.event("id", TestImages.png(1)));

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void anyBytesBehindAKnownSchemaAreAnEventOrUnreadable(@ForAll byte[] bytes) {
        ByteBuffer record = ByteBuffer.allocate(WIRE_HEADER + bytes.length)
                .put(event, 0, WIRE_HEADER)
                .put(bytes);
        byte[] all = new byte[record.flip().remaining()];
        record.get(all);
        assertEventOrUnreadable(all);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void eventsWithOtherBytesInThemAreAnEventOrUnreadable(@ForAll("changes") Map<Integer, Byte> changes) {
        byte[] changed = event.clone();
        changes.forEach((position, value) -> changed[WIRE_HEADER + position % (changed.length - WIRE_HEADER)] = value);
        assertEventOrUnreadable(changed);
    }

    @Provide
    Arbitrary<Map<Integer, Byte>> changes() {
        return Arbitraries.maps(Arbitraries.integers().between(0, 200), Arbitraries.bytes())
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    private void assertEventOrUnreadable(byte[] bytes) {
        try {
            assertThat(serde.deserializer().deserialize("images.a", bytes).getImageId())
                    .isNotNull();
        } catch (RuntimeException e) {
            assertThat(EventSerdes.isUnreadable(e)).as(e.toString()).isTrue();
        }
    }
}
