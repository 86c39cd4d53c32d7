package dev.cyclestream.stream;

/**
 * A record as it is written: serialized already, so that its size is known before it is sent and nothing can fail when it is.
 */
final class Result {

    private final String topic;
    private final byte[] bytes;
    private final int sourcePartition;

    /**
     * Takes over the bytes.
     *
     * @param topic that it goes to
     * @param sourcePartition of the input
     */
    Result(String topic, byte[] bytes, int sourcePartition) {
        this.topic = topic;
        this.bytes = bytes;
        this.sourcePartition = sourcePartition;
    }

    String topic() {
        return topic;
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
