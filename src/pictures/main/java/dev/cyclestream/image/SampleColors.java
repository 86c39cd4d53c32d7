package dev.cyclestream.image;

import com.twelvemonkeys.imageio.color.ColorProfiles;
import com.twelvemonkeys.imageio.color.ColorSpaces;
import java.awt.Transparency;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.util.Optional;

/** What samples of one byte or two, one beside the other, mean. A profile that is broken, or for other colours, is as good as none. */
final class SampleColors {

    private SampleColors() {}

    static ColorModel grey(Optional<byte[]> profile, int bits, boolean alpha, boolean premultiplied) {
        return of(space(profile, ColorSpace.TYPE_GRAY, ColorSpace.CS_GRAY), bits, alpha, premultiplied);
    }

    static ColorModel rgb(Optional<byte[]> profile, int bits, boolean alpha, boolean premultiplied) {
        return of(space(profile, ColorSpace.TYPE_RGB, ColorSpace.CS_sRGB), bits, alpha, premultiplied);
    }

    static ColorModel cmyk(Optional<byte[]> profile, int bits, boolean alpha, boolean premultiplied) {
        return of(space(profile, ColorSpace.TYPE_CMYK, ColorSpaces.CS_GENERIC_CMYK), bits, alpha, premultiplied);
    }

    private static ColorModel of(ColorSpace space, int bits, boolean alpha, boolean premultiplied) {
        return new ComponentColorModel(
                space,
                alpha,
                premultiplied,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                bits == Byte.SIZE ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
    }

    private static ColorSpace space(Optional<byte[]> encoded, int type, int otherwise) {
        try {
            if (encoded.isPresent()) {
                ICC_Profile profile = ColorProfiles.createProfile(encoded.get());
                if (profile.getColorSpaceType() == type) {
                    return ColorSpaces.createColorSpace(profile);
                }
            }
        } catch (CMMException | IllegalArgumentException e) {
            // As good as none.
        }
        return ColorSpaces.getColorSpace(otherwise);
    }
}
