package dev.cyclestream.stream;

/**
 * A translated image as it is written: serialized already, so that its size is known before it is sent and nothing can fail
 * when it is.
 */
final class Result {

    private final byte[] bytes;
    private final int sourcePartition;

    /** Takes over the bytes. */
    Result(byte[] bytes, int sourcePartition) {
        this.bytes = bytes;
        this.sourcePartition = sourcePartition;
    }

    /** The partition of the input. */
    int sourcePartition() {
        return sourcePartition;
    }

    /** Not a copy, since they are as large as the image. */
    byte[] toBytes() {
        return bytes;
    }
}
