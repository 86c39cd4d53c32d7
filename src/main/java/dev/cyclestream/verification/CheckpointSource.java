package dev.cyclestream.verification;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;

/** A place where a checkpoint of a known SHA-256 can be had. */
@FunctionalInterface
public interface CheckpointSource {

    /**
     * Loads it on the CPU.
     *
     * @param name that it had when it made an output: the mark of a machine's picture carries it
     * @throws dev.cyclestream.storage.ReferenceRejectedException if it is not there any more, or another
     * @throws dev.cyclestream.failure.WrongSetUpException if it cannot be used
     */
    ImageTranslator load(String name, Direction direction);
}
