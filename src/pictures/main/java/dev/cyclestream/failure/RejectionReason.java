package dev.cyclestream.failure;

/** The reason for which an input is rejected; dead letters carry its name. */
public interface RejectionReason {

    /** The name, such as {@code DAMAGED_IMAGE}. */
    String name();
}
