package dev.cyclestream.event;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/** Events to test with. */
final class TestEvents {

    private TestEvents() {}

    static ImageEvent event() {
        return ImageEvent.newBuilder()
                .setImageId("cats/1.png")
                .setContentType("image/png")
                .setImage(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setTakenAt(Instant.ofEpochMilli(1_700_000_000_123L))
                .setAttributes(Map.of("camera", "x"))
                .build();
    }
}
