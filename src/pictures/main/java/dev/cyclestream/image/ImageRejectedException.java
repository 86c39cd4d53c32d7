package dev.cyclestream.image;

import dev.cyclestream.failure.RejectedException;
import dev.cyclestream.failure.RejectionReason;

/** Bytes that will never become an image here; the message says what was expected and what was found. */
public final class ImageRejectedException extends RejectedException {

    /** Why, as dead letters carry it. */
    public enum Reason implements RejectionReason {
        /** The bytes do not begin like any format that is read. */
        NOT_AN_IMAGE,
        /** They begin like an image, but it is cut off or corrupt. */
        DAMAGED_IMAGE,
        /** The image is whole but of a kind that is not read. */
        UNSUPPORTED_IMAGE,
        /** Too many bytes, pixels or scans, or a side that is too long. */
        IMAGE_TOO_LARGE,
        /** A side is shorter than a generator can translate. */
        IMAGE_TOO_SMALL,
        /** Decoding takes longer than is allowed. */
        DECODING_TOO_SLOW
    }

    public ImageRejectedException(Reason reason, String message) {
        super(reason, message);
    }

    public ImageRejectedException(Reason reason, String message, Throwable cause) {
        super(reason, message, cause);
    }

    /** A file whose format is known and whose content is broken. */
    public static ImageRejectedException damaged(String what, Exception cause) {
        return new ImageRejectedException(Reason.DAMAGED_IMAGE, "the image is damaged: " + what, cause);
    }

    /** A file of a kind that is not read here. */
    public static ImageRejectedException unsupported(String what, Exception cause) {
        return new ImageRejectedException(
                Reason.UNSUPPORTED_IMAGE, "the image is of a kind that is not read: " + what, cause);
    }
}
