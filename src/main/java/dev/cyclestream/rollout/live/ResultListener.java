package dev.cyclestream.rollout.live;

import dev.cyclestream.checkpoint.Maker;
import dev.cyclestream.inference.ImageTranslator.Translation;
import dev.cyclestream.topic.InputPosition;

/** Is told of each result, and who made it; called by many threads, and must neither fail nor take long. */
public interface ResultListener {

    /** Keeps nothing. */
    ResultListener NONE = new ResultListener() {};

    /**
     * A result is made; it was not sent yet.
     *
     * @param source of the input
     */
    default void made(Maker maker, InputPosition source, Translation translation) {}

    /** A shadow could not make its result, which is missing in the shadow topic. */
    default void shadowFailed(Maker shadow) {}

    /** Tells two, this one first. */
    default ResultListener and(ResultListener other) {
        ResultListener self = this;
        return new ResultListener() {
            @Override
            public void made(Maker maker, InputPosition source, Translation translation) {
                self.made(maker, source, translation);
                other.made(maker, source, translation);
            }

            @Override
            public void shadowFailed(Maker shadow) {
                self.shadowFailed(shadow);
                other.shadowFailed(shadow);
            }
        };
    }
}
