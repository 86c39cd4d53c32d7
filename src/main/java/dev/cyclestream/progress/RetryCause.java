package dev.cyclestream.progress;

/** The dependency or step that failed when work is tried again. */
public enum RetryCause {
    /** The schema registry does not answer. */
    REGISTRY,
    /** A folder or an object store does not give an image or take a result. */
    STORAGE,
    /** The brokers do not answer, or refuse. */
    BROKER,
    /** Memory or stack ran out. */
    MEMORY,
    /** Nobody knows; perhaps an input. */
    OTHER
}
