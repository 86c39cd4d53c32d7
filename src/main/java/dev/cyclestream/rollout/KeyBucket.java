package dev.cyclestream.rollout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The place of a key between 0 and 1, the same at any time and on any instance: a candidate has the keys below its share. It is
 * not the hash by which Kafka's default partitioner spreads keys, with which a small share would be all of a few partitions.
 */
final class KeyBucket {

    private static final double RANGE = 1L << Integer.SIZE;

    private KeyBucket() {}

    /**
     * The place of a key.
     *
     * @param salt of the roll-out, so that two of them try different keys
     * @return the first 32 bits of the SHA-256 of salt, a byte 0 and key, as a fraction: at least 0, less than 1
     */
    static double of(String salt, byte[] key) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(salt.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return Integer.toUnsignedLong(ByteBuffer.wrap(digest.digest(key)).getInt()) / RANGE;
    }
}
