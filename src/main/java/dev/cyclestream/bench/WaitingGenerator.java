package dev.cyclestream.bench;

import dev.cyclestream.inference.Generator;
import dev.cyclestream.picture.Picture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Gives images back as they are after a while: what is left of the time is the cost of everything else. */
final class WaitingGenerator implements Generator {

    private final Duration wait;

    WaitingGenerator(Duration wait) {
        this.wait = wait;
    }

    @Override
    public List<Picture> translate(List<Picture> images) {
        long end = System.nanoTime() + wait.toNanos();
        long left = wait.toNanos();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
        return images;
    }

    @Override
    public String device() {
        return "none, waits " + wait;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
