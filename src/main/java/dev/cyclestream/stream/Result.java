package dev.cyclestream.stream;

import java.nio.ByteBuffer;

/**
 * A translated image as it is written: serialized already, so that its size is known before it is sent and nothing can fail
 * when it is.
 *
 * @param sourcePartition of the input
 */
record Result(ByteBuffer bytes, int sourcePartition) {

    /** Takes over the bytes. */
    Result(byte[] bytes, int sourcePartition) {
        this(ByteBuffer.wrap(bytes), sourcePartition);
    }

    /** The same bytes again, not a copy: they are as large as the image. */
    byte[] toBytes() {
        return bytes.array();
    }
}
