package dev.cyclestream.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.stream.IntStream;

/** Samples as Java2D takes them. */
final class Samples {

    private static final int COLORS = 3;

    private Samples() {}

    /**
     * An image of sRGB that shares the samples.
     *
     * @param interleaved unsigned bytes in layout (height, width, bands)
     * @param bands 3, or 4 with alpha last
     */
    static BufferedImage draw(byte[] interleaved, int width, int height, int bands) {
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(interleaved, interleaved.length),
                width,
                height,
                width * bands,
                bands,
                IntStream.range(0, bands).toArray(),
                null);
        boolean hasAlpha = bands > COLORS;
        ComponentColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                hasAlpha,
                false,
                hasAlpha ? ComponentColorModel.TRANSLUCENT : ComponentColorModel.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(colors, raster, false, null);
    }
}
