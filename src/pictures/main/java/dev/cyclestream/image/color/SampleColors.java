package dev.cyclestream.image.color;

import com.twelvemonkeys.imageio.color.ColorSpaces;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;

/** The meaning of samples of one byte or two, one beside the other, where no profile says otherwise. */
public enum SampleColors {
    GREY(ColorSpace.CS_GRAY),
    RGB(ColorSpace.CS_sRGB),
    CMYK(ColorSpaces.CS_GENERIC_CMYK);

    private final int space;

    SampleColors(int space) {
        this.space = space;
    }

    /**
     * The colour model of these samples.
     *
     * @param bits 8 or 16
     */
    public ColorModel model(int bits, boolean alpha, boolean premultiplied) {
        return new ComponentColorModel(
                ColorSpaces.getColorSpace(space),
                alpha,
                premultiplied,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                bits == Byte.SIZE ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
    }
}
