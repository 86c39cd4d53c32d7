package dev.cyclestream.rollout.live;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.NamedCheckpoint;

/** The way to a translator from the name of its checkpoint. */
@FunctionalInterface
public interface CheckpointLoading {

    /**
     * Fetches a checkpoint, makes sure that it is the one that was meant, and loads it; it passes its self-test and has run once.
     *
     * @throws dev.cyclestream.storage.StorageUnreachableException if the place where it is does not answer now
     * @throws RuntimeException if it cannot be loaded here
     */
    ImageTranslator load(NamedCheckpoint checkpoint, Direction direction);
}
