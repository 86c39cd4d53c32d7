package dev.cyclestream.inference;

import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes negatives, and remembers the sizes of its batches. */
public final class FakeGenerator implements Generator {

    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    @Override
    public List<Picture> translate(List<Picture> images) {
        batches.add(images.size());
        return images.stream().map(FakeGenerator::negative).toList();
    }

    /** What this generator makes of an image. */
    public static Picture negative(Picture image) {
        ByteBuffer samples = image.samples();
        byte[] inverted = new byte[samples.remaining()];
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) (255 - (samples.get(i) & 0xFF));
        }
        return new Picture(image.width(), image.height(), inverted);
    }

    /** Sizes of the batches so far. */
    public List<Integer> batches() {
        return List.copyOf(batches);
    }

    @Override
    public String device() {
        return "fake";
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
