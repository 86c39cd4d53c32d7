package dev.cyclestream.image;

import com.twelvemonkeys.imageio.color.ColorSpaces;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;

/** What samples of one byte or two, one beside the other, mean where no profile says otherwise. */
enum SampleColors {
    GREY(ColorSpace.CS_GRAY),
    RGB(ColorSpace.CS_sRGB),
    CMYK(ColorSpaces.CS_GENERIC_CMYK);

    private final int space;

    SampleColors(int space) {
        this.space = space;
    }

    /** @param bits 8 or 16 */
    ColorModel model(int bits, boolean alpha, boolean premultiplied) {
        return new ComponentColorModel(
                ColorSpaces.getColorSpace(space),
                alpha,
                premultiplied,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                bits == Byte.SIZE ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
    }
}
