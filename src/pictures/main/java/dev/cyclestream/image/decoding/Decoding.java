package dev.cyclestream.image.decoding;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.SizePolicy;
import dev.cyclestream.image.color.ColorProfile;
import dev.cyclestream.picture.PictureSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** One image on its way: what it may cost, and at which size it comes out. */
public final class Decoding implements AutoCloseable {

    private static final int PIXELS_OF_A_STRIP = 1 << 20;

    /** For strips on their way, and for what readers keep besides the pixels. */
    private static final long WORK_BYTES = 16 << 20;

    /** Of a converted pixel: its colour and how opaque it is. */
    private static final int CONVERTED_BYTES = 4;

    private final ImageLimits limits;
    private final Optional<SizePolicy> policy;
    private final DecodingTime time;

    /** @param policy of sizes; empty for the image's own */
    public Decoding(ImageLimits limits, Optional<SizePolicy> policy) {
        this.limits = limits;
        this.policy = policy;
        this.time = DecodingTime.limit(limits.maxDecodingTime());
    }

    ImageLimits limits() {
        return limits;
    }

    DecodingTime time() {
        return time;
    }

    /**
     * Refuses an image that takes too long.
     *
     * @throws ImageRejectedException if it has taken too long already
     */
    public void requireInTime() {
        time.check();
    }

    /** True if the policy shrinks an image of this size. */
    public boolean isShrunk(PictureSize stored) {
        return policy.flatMap(sizes -> sizes.shrunk(stored)).isPresent();
    }

    /** To which size the policy shrinks an image that is larger than others may be; empty if it is not, or keeps its size. */
    public Optional<PictureSize> shrunkBeyondLimit(PictureSize stored) {
        return stored.pixels() > limits.maxPixels() ? policy.flatMap(sizes -> sizes.shrunk(stored)) : Optional.empty();
    }

    /** @throws ImageRejectedException if an image of this size is too large even if it is read row by row */
    void requireReadable(PictureSize stored) {
        if (isShrunk(stored)) {
            limits.requireShrunkPixels(stored);
        } else {
            limits.requirePixels(stored.width(), stored.height());
        }
    }

    /** Gives the pixels of an image that can only be read whole. */
    public interface WholeImage {
        BufferedImage read() throws IOException;
    }

    /**
     * Reads an image whole, and converts it in strips, so that what is made of them on the way is small.
     *
     * @param bytesOfAPixel that reading takes
     * @throws ImageRejectedException if it is beyond the limits
     */
    public DecodedImage whole(ImageFormat format, PictureSize size, int bytesOfAPixel, WholeImage image)
            throws IOException {
        return whole(format, size, bytesOfAPixel, Optional.empty(), image);
    }

    /**
     * Reads an image as a whole.
     *
     * @param profile that the samples are in, where the image does not say it
     */
    public DecodedImage whole(
            ImageFormat format, PictureSize size, int bytesOfAPixel, Optional<ColorProfile> profile, WholeImage image)
            throws IOException {
        limits.requirePixels(size.width(), size.height());
        return whole(format, size.pixels() * (bytesOfAPixel + CONVERTED_BYTES), profile, image);
    }

    /**
     * Reads an image that the reader has made small enough.
     *
     * @param memory that reading takes
     */
    public DecodedImage whole(ImageFormat format, long memory, Optional<ColorProfile> profile, WholeImage image)
            throws IOException {
        return DecodingBudget.OF_THE_HEAP.spend(memory + WORK_BYTES, () -> {
            BufferedImage stored = image.read();
            PictureSize storedSize = new PictureSize(stored.getWidth(), stored.getHeight());
            StripCollector collector = new StripCollector(storedSize, storedSize);
            Consumer<BufferedImage> converted = converted(format, profile, collector);
            int rows = rows(storedSize);
            for (int top = 0; top < storedSize.height(); top += rows) {
                int height = Math.min(rows, storedSize.height() - top);
                converted.accept(stored.getSubimage(0, top, storedSize.width(), height));
            }
            return collector.image(format);
        });
    }

    /**
     * Reads an image that comes row by row; one that the policy shrinks is never whole in memory, so it may have more pixels
     * than others.
     *
     * @throws ImageRejectedException if it is beyond the limits
     */
    public DecodedImage rows(ImageFormat format, RowImage image) throws IOException {
        PictureSize stored = new PictureSize(image.width(), image.height());
        requireReadable(stored);
        PictureSize result = policy.flatMap(sizes -> sizes.shrunk(stored)).orElse(stored);
        long memory = image.memory() + result.pixels() * CONVERTED_BYTES + WORK_BYTES;
        return DecodingBudget.OF_THE_HEAP.spend(memory, () -> {
            int passes = image.passes();
            StripCollector collector = new StripCollector(stored, result);
            int found = read(format, image, passes, collector);
            if (found < passes) { // then none was taken for the last one
                read(format, image, found, collector);
            }
            return collector.image(format);
        });
    }

    /** Gives on the last of so many passes; returns how many there were. */
    private int read(ImageFormat format, RowImage image, int passes, StripCollector collector) throws IOException {
        int tileHeight = image.tileHeight();
        int tiles = (rows(collector.source()) + tileHeight - 1) / tileHeight;
        StripRaster raster =
                new StripRaster(image, tiles * tileHeight, passes, converted(format, image.profile(), collector));
        image.readInto(raster);
        time.check();
        return raster.finish();
    }

    private Consumer<BufferedImage> converted(
            ImageFormat format, Optional<ColorProfile> profile, StripCollector collector) {
        return strip -> {
            time.check();
            BufferedImage meant = profile.map(found -> found.toSrgb(strip)).orElse(strip);
            collector.add(Pixels.decoded(format, meant));
        };
    }

    private static int rows(PictureSize size) {
        return Math.max(1, PIXELS_OF_A_STRIP / size.width());
    }

    /** The upright image at the size that the policy says. */
    public DecodedImage sized(DecodedImage upright) {
        DecodedImage sized = policy.map(sizes -> sizes.apply(upright)).orElse(upright);
        time.check();
        return sized;
    }

    @Override
    public void close() {
        time.close();
    }
}
