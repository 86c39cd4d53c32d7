package dev.cyclestream.inference;

import dev.cyclestream.picture.Picture;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails at images whose width is odd, and makes negatives of the others. */
public final class FussyGenerator implements Generator {

    private final Error failure;
    private final AtomicInteger failures = new AtomicInteger();

    public FussyGenerator(Error failure) {
        this.failure = failure;
    }

    @Override
    public List<Picture> translate(List<Picture> images) {
        if (images.stream().anyMatch(image -> image.width() % 2 == 1)) {
            failures.incrementAndGet();
            throw failure;
        }
        return images.stream().map(FakeGenerator::negative).toList();
    }

    /** How often it failed. */
    public int failures() {
        return failures.get();
    }

    @Override
    public String device() {
        return "fussy";
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
