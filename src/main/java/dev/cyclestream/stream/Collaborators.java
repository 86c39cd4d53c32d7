package dev.cyclestream.stream;

import dev.cyclestream.progress.ProgressListener;
import dev.cyclestream.rollout.live.ResultListener;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.client.BoundedRun;
import java.util.Optional;

/**
 * The collaborators of an application beside Kafka.
 *
 * @param stores images that are not in records; whoever made them closes them, after the application
 * @param listener is told what becomes of inputs
 * @param results is told of what is made
 * @param replay what bounds the application; empty for one that goes on until it is stopped
 */
public record Collaborators(
        ImageStores stores, ProgressListener listener, ResultListener results, Optional<BoundedRun> replay) {
    /** Of an application that goes on until it is stopped. */
    public Collaborators(ImageStores stores, ProgressListener listener) {
        this(stores, listener, ResultListener.NONE, Optional.empty());
    }

    /** Of an application that is bounded. */
    public Collaborators(ImageStores stores, ProgressListener listener, Optional<BoundedRun> replay) {
        this(stores, listener, ResultListener.NONE, replay);
    }

    /** Nothing. */
    public static Collaborators none() {
        return new Collaborators(ImageStores.none(), ProgressListener.NONE);
    }
}
