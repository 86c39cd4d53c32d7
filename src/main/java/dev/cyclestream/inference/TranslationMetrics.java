package dev.cyclestream.inference;

import dev.cyclestream.event.Direction;
import java.time.Duration;

/** Is told of each translated image what it took; called by many threads. */
@FunctionalInterface
public interface TranslationMetrics {

    /** Keeps nothing. */
    TranslationMetrics NONE = (direction, stages) -> {};

    /** An image is translated and encoded. */
    void translated(Direction direction, Stages stages);

    /**
     * The time of one image, by step.
     *
     * @param decode until its pixels were there
     * @param queue until a worker took it
     * @param inference of the batch that it was in
     * @param encode of the result
     * @param batchSize images in that batch
     */
    record Stages(Duration decode, Duration queue, Duration inference, Duration encode, int batchSize) {
        /** From the encoded input to the encoded result. */
        public Duration total() {
            return decode.plus(queue).plus(inference).plus(encode);
        }
    }
}
