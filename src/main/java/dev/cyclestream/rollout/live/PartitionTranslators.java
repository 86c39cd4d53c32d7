package dev.cyclestream.rollout.live;

import dev.cyclestream.rollout.Activation;

/** The translators of one partition, while one task reads it. For one thread. */
public interface PartitionTranslators extends AutoCloseable {

    /**
     * Chooses for a record; waits for a while if what must translate it is not loaded yet.
     *
     * @param key of the record; of one without a key the image id
     * @throws CheckpointNotLoadedException if it is not loaded after a while
     * @throws dev.cyclestream.deadletter.InstanceFailedException if it can never be loaded here
     */
    Chosen choose(long offset, byte[] key);

    /** Takes down that a split begins to hold, once the result that it made is sent. */
    void activated(Activation activation);

    @Override
    void close();
}
