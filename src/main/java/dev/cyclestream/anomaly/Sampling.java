package dev.cyclestream.anomaly;

import dev.cyclestream.topic.InputPosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.DigestUtils;

/** The choice of results that are translated back: by the input's position alone, so that the same ones are chosen again. */
record Sampling(double share) {

    private static final double RANGE = 1L << Integer.SIZE;

    Sampling {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: expected 0 to 1, found " + share);
        }
    }

    boolean has(InputPosition source) {
        return share > 0 && place(source) < share;
    }

    /** The first 32 bits of the SHA-256 of the position as a fraction: at least 0, less than 1. */
    private static double place(InputPosition source) {
        byte[] digest = DigestUtils.sha256(("anomaly " + source.key()).getBytes(StandardCharsets.UTF_8));
        return Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt()) / RANGE;
    }
}
