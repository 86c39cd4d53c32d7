package dev.cyclestream.inference;

import dev.cyclestream.picture.Picture;
import java.util.List;

/** Fails at every image. */
public final class BrokenGenerator implements Generator {

    @Override
    public List<Picture> translate(List<Picture> images) {
        throw new GeneratorFailedException("out of order");
    }

    @Override
    public String device() {
        return "broken";
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
