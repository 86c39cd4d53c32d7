package dev.cyclestream.image.decoding;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * The memory of all images that are decoded at one time. Threads wait their turn, in the order in which they came; each asks
 * once, so that none waits for another that waits.
 */
final class DecodingBudget {

    /** The rest of the heap is for records in hand, results, and what others do. */
    private static final double SHARE_OF_HEAP = 0.5;

    /** Of this process: the heap is one, however many decoders there are. */
    static final DecodingBudget OF_THE_HEAP =
            new DecodingBudget((long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP));

    private static final int UNIT = 1024;

    private final int units;
    private final Semaphore free;

    DecodingBudget(long bytes) {
        units = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT);
        free = new Semaphore(units, true);
    }

    /** Something that takes memory. */
    interface Work {
        DecodedImage run() throws IOException;
    }

    /**
     * Waits until there is room for an image, and decodes it.
     *
     * @param bytes that decoding it takes
     * @throws ImageRejectedException if there never will be
     */
    DecodedImage spend(long bytes, Work work) throws IOException {
        long needed = bytes / UNIT + 1;
        if (needed > units) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE,
                    "expected to take at most %d MiB of memory while it is decoded, found %d MiB; a larger heap takes larger images"
                            .formatted(((long) units * UNIT) >> 20, bytes >> 20));
        }
        free.acquireUninterruptibly((int) needed);
        try {
            return work.run();
        } finally {
            free.release((int) needed);
        }
    }
}
