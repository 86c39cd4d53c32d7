package dev.cyclestream.image.decoding;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.function.Consumer;

/**
 * Looks as large as the whole image to a reader that fills it from top to bottom, and holds a strip of it only: when a line below
 * the strip comes, the strip is handed on and begins anew. Nothing can be read from it.
 */
final class StripRaster extends WritableRaster {

    private final ColorModel colors;
    private final WritableRaster strip;
    private final Consumer<BufferedImage> full;
    private final int passes;
    private int pass = 1;
    private int top;
    private int last;

    /**
     * @param image that will be read into it
     * @param rows of a strip: a multiple of the image's tiles
     * @param passes how often the rows come, of which only the last time counts
     * @param full takes each strip before the next one begins
     */
    StripRaster(RowImage image, int rows, int passes, Consumer<BufferedImage> full) {
        super(
                image.colors().createCompatibleSampleModel(image.width(), image.height()),
                new DataBufferByte(1),
                new Point());
        this.colors = image.colors();
        this.strip = colors.createCompatibleWritableRaster(image.width(), Math.min(rows, image.height()));
        this.passes = passes;
        this.full = full;
    }

    /** Hands on what is left, once the last line was written; returns how often they came. */
    int finish() {
        while (top < getHeight()) {
            handOn();
        }
        return pass;
    }

    @Override
    public void setRect(int x, int y, Raster source) {
        for (int row = 0; row < source.getHeight(); row++) {
            Raster line = source.getHeight() == 1
                    ? source
                    : source.createChild(source.getMinX(), source.getMinY() + row, source.getWidth(), 1, 0, 0, null);
            strip.setRect(x, inStrip(y + row), line);
        }
    }

    @Override
    public void setDataElements(int x, int y, Raster source) {
        setRect(x, y, source);
    }

    @Override
    public void setPixel(int x, int y, int[] samples) {
        strip.setPixel(x, inStrip(y), samples);
    }

    /** Readers make one of the whole, to leave bands or borders out; there are none here. */
    @Override
    public WritableRaster createWritableChild(
            int x, int y, int childWidth, int childHeight, int childX, int childY, int[] bands) {
        if (x + y + childX + childY != 0 || childWidth != getWidth() || childHeight != getHeight() || bands != null) {
            throw new UnsupportedOperationException("a part of an image that is read in strips");
        }
        return this;
    }

    private int inStrip(int y) {
        while (y >= top + strip.getHeight()) {
            handOn();
        }
        if (y == 0 && last > 0 && pass < passes) {
            pass++;
            top = 0;
        }
        last = y;
        if (y < top) {
            throw new IllegalStateException(
                    "lines from top to bottom: expected %d or more, found %d".formatted(top, y));
        }
        return y - top;
    }

    private void handOn() {
        int rows = Math.min(strip.getHeight(), getHeight() - top);
        if (pass == passes) {
            WritableRaster written = strip.createWritableChild(0, 0, strip.getWidth(), rows, 0, 0, null);
            full.accept(new BufferedImage(colors, written, colors.isAlphaPremultiplied(), null));
        }
        top += rows;
    }
}
