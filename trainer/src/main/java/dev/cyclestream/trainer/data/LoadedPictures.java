package dev.cyclestream.trainer.data;

import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The training pictures as they are after decoding and resizing, kept in memory as long as they fit: a photograph of 12
 * megapixels took 0.7 s to decode and resize. All that will be kept is there once the data set is open, so that a run does
 * not grow while it goes on. May be used by several threads.
 */
public final class LoadedPictures {

    static final long MOST_BYTES = 256L << 20;

    private final Augmentation augmentation;
    private final long mostBytes;
    private final Map<Path, Picture> kept = new ConcurrentHashMap<>();
    private final AtomicLong keptBytes = new AtomicLong();

    /** @param mostBytes to keep, 3 for each pixel */
    LoadedPictures(Augmentation augmentation, long mostBytes) {
        this.augmentation = augmentation;
        this.mostBytes = mostBytes;
    }

    /** Takes a picture that was decoded, if there is room for it. */
    void offer(Path file, Picture decoded) {
        if (keptBytes.get() < mostBytes) {
            Picture loaded = augmentation.load(decoded);
            long bytes = (long) loaded.width() * loaded.height() * Picture.CHANNELS;
            if (keptBytes.addAndGet(bytes) <= mostBytes) {
                kept.put(file, loaded);
            }
        }
    }

    /**
     * The picture of a file, which is read again if it was not kept.
     *
     * @throws InvalidDataException if it cannot be decoded
     */
    Picture get(Path file) throws IOException {
        Picture picture = kept.get(file);
        return picture == null ? augmentation.load(augmentation.read(file)) : picture;
    }
}
