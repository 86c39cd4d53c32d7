package dev.cyclestream.image.decoding;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.picture.AlphaPlane;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.picture.PictureSize;
import dev.cyclestream.picture.Resampling;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Puts an image together from strips that are decoded one after the other, from top to bottom; at its own size, or shrunk on the
 * way, so that it is never whole in memory.
 */
final class StripCollector {

    private final PictureSize source;
    private final PictureSize result;
    private final Plane color;
    private Optional<Plane> alpha = Optional.empty(); // until a strip has some
    private int rows;

    /**
     * @param source size of the image that comes in strips
     * @param result of the image that comes out
     */
    StripCollector(PictureSize source, PictureSize result) {
        this.source = source;
        this.result = result;
        this.color = plane(Picture.CHANNELS);
    }

    PictureSize source() {
        return source;
    }

    /** Takes the next strip, which is as wide as the source. */
    void add(DecodedImage strip) {
        if (strip.alpha().isPresent() && alpha.isEmpty()) {
            Plane plane = plane(1);
            addOpaque(plane, rows);
            alpha = Optional.of(plane);
        }
        color.add(strip.color().samples());
        alpha.ifPresent(plane -> strip.alpha()
                .ifPresentOrElse(
                        samples -> plane.add(samples.samples()),
                        () -> addOpaque(plane, strip.color().height())));
        rows += strip.color().height();
    }

    private void addOpaque(Plane plane, int count) {
        byte[] row = new byte[source.width()];
        Arrays.fill(row, (byte) AlphaPlane.OPAQUE);
        for (int y = 0; y < count; y++) {
            plane.add(ByteBuffer.wrap(row));
        }
    }

    /** The image, once all strips were taken. */
    DecodedImage image(ImageFormat format) {
        if (rows != source.height()) {
            throw new IllegalStateException("strips: expected %d rows, found %d".formatted(source.height(), rows));
        }
        return new DecodedImage(
                format,
                new Picture(result.width(), result.height(), color.samples()),
                alpha.map(plane -> new AlphaPlane(result.width(), result.height(), plane.samples())));
    }

    private Plane plane(int channels) {
        if (!source.equals(result)) {
            Resampling resampling = new Resampling(source, result, channels);
            return new Plane(resampling::add, resampling::samples);
        }
        byte[] samples = new byte[Math.toIntExact(source.pixels() * channels)];
        return new Plane(ByteBuffer.wrap(samples)::put, () -> samples);
    }

    /**
     * Samples that arrive by and by.
     *
     * @param rows takes the next ones
     * @param all gives all of them in the end
     */
    private record Plane(Consumer<ByteBuffer> rows, Supplier<byte[]> all) {
        void add(ByteBuffer next) {
            rows.accept(next);
        }

        byte[] samples() {
            return all.get();
        }
    }
}
