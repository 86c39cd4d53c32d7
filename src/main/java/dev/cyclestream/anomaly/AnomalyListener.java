package dev.cyclestream.anomaly;

import dev.cyclestream.checkpoint.Maker;

/** Is told of what looks wrong; called by several threads, and must neither fail nor take long. */
public interface AnomalyListener {

    /** Why a result that was to be translated back was not. */
    enum Drop {
        /** The stream came first. */
        BUSY,
        /** The other direction's stable checkpoint is not loaded here. */
        NOT_LOADED,
        /** Translating back failed. */
        FAILED
    }

    /** A result looks wrong. */
    void found(Maker maker, Detector detector);

    /**
     * A result was translated back.
     *
     * @param cycleError mean absolute difference of samples to the input's, of the range of a sample: 0 to 1
     */
    void checked(Maker maker, double cycleError);

    /** A result that was to be translated back was not. */
    void dropped(Maker maker, Drop why);
}
