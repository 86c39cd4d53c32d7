package dev.cyclestream.image.color;

import com.twelvemonkeys.imageio.color.ColorProfiles;
import dev.cyclestream.picture.Picture;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The colour profile in a file, looked through before the colour management believes what it says of itself. One that is
 * broken, or of other channels than the picture's, is as good as none.
 */
public final class ColorProfile {

    /** Real ones have some kilobytes, those of printing presses up to three megabytes. */
    public static final int MOST_BYTES = 4 << 20;

    private static final int HEADER_BYTES = 128;
    private static final int SIGNATURE_OFFSET = 36;
    private static final int SIGNATURE = 0x61637370; // acsp
    private static final int TAG_BYTES = 12;
    private static final int CLASS_OFFSET = 12;
    private static final int INPUT = 0x73636E72; // scnr

    /** The JDK reads colours of a printer as a proof of it; as those of an input they are meant for the eye. */
    private static final int OUTPUT = 0x70727472; // prtr

    private static final int MOST_TAGS = 200;

    /** So many rows are converted at a time. */
    private static final int STRIP = 64;

    /** Those that pictures have, by their number of channels. */
    private static final Map<Integer, Integer> KINDS =
            Map.of(1, ColorSpace.TYPE_GRAY, Picture.CHANNELS, ColorSpace.TYPE_RGB, 4, ColorSpace.TYPE_CMYK);

    private final ICC_Profile profile;
    private final ColorConvertOp conversion;
    private final BlackPoint black;

    private ColorProfile(ICC_Profile profile) {
        this.profile = profile;
        this.conversion =
                new ColorConvertOp(new ICC_Profile[] {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
        this.black = BlackPoint.of(darkest(profile, conversion));
    }

    /** The profile of these ICC bytes; empty if they are none that can be used. */
    public static Optional<ColorProfile> of(ByteBuffer icc) {
        ByteBuffer bytes = icc.slice();
        if (!isWhole(bytes)) {
            return Optional.empty();
        }
        byte[] whole = new byte[bytes.getInt(0)];
        bytes.get(whole);
        try {
            ByteBuffer header = ByteBuffer.wrap(whole);
            if (header.getInt(CLASS_OFFSET) == OUTPUT) {
                header.putInt(CLASS_OFFSET, INPUT);
            }
            ICC_Profile profile = ICC_Profile.getInstance(whole);
            boolean isKnown = KINDS.getOrDefault(profile.getNumComponents(), -1) == profile.getColorSpaceType();
            return isKnown ? Optional.of(new ColorProfile(profile)) : Optional.empty();
        } catch (CMMException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A profile that says of itself that it is longer than it is makes the JDK ask for as much memory. */
    private static boolean isWhole(ByteBuffer bytes) {
        int firstTag = HEADER_BYTES + Integer.BYTES;
        if (bytes.remaining() < firstTag || bytes.getInt(SIGNATURE_OFFSET) != SIGNATURE) {
            return false;
        }
        int length = bytes.getInt(0);
        int tags = bytes.getInt(HEADER_BYTES);
        if (length > Math.min(bytes.remaining(), MOST_BYTES) || tags < 1 || tags > MOST_TAGS) {
            return false;
        }
        return length >= firstTag + tags * TAG_BYTES
                && IntStream.range(0, tags)
                        .map(tag -> firstTag + tag * TAG_BYTES)
                        .allMatch(tag -> {
                            long begin = Integer.toUnsignedLong(bytes.getInt(tag + 4));
                            long size = Integer.toUnsignedLong(bytes.getInt(tag + 8));
                            return begin + size <= length
                                    && ProfileElements.areFew(bytes.slice((int) begin, (int) size));
                        });
    }

    /** An image whose samples mean what this profile says, in sRGB; one of other channels as it is. */
    public BufferedImage toSrgb(BufferedImage image) {
        if (ColorProfiles.isCS_sRGB(profile) || image.isAlphaPremultiplied()) {
            return image;
        }
        try {
            if (image.getColorModel() instanceof IndexColorModel palette) {
                return profile.getNumComponents() <= Picture.CHANNELS ? withPalette(image, palette) : image;
            }
            int channels = image.getColorModel().getNumColorComponents();
            return channels == profile.getNumComponents() ? convert(image, channels) : image;
        } catch (CMMException | IllegalArgumentException e) {
            return image;
        }
    }

    /** Inks whose amounts mean what this profile says, in sRGB; empty if it is of other channels. */
    public Optional<BufferedImage> toSrgb(Raster inks) {
        if (inks.getNumBands() != profile.getNumComponents()) {
            return Optional.empty();
        }
        BufferedImage converted = new BufferedImage(inks.getWidth(), inks.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        convert(inks, converted.getRaster());
        return Optional.of(converted);
    }

    private BufferedImage withPalette(BufferedImage image, IndexColorModel palette) {
        int colors = palette.getMapSize();
        int channels = profile.getNumComponents();
        WritableRaster samples = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, colors, 1, channels, null);
        WritableRaster converted =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, colors, 1, Picture.CHANNELS, null);
        int[] alpha = new int[colors];
        for (int index = 0; index < colors; index++) {
            int[] color = {palette.getRed(index), palette.getGreen(index), palette.getBlue(index)};
            samples.setPixel(index, 0, color); // of grey, the first is all
            alpha[index] = palette.getAlpha(index) << 24;
        }
        convert(samples, converted);
        int[] argb = new int[colors];
        for (int index = 0; index < colors; index++) {
            int[] color = converted.getPixel(index, 0, (int[]) null);
            argb[index] = alpha[index] | color[0] << 16 | color[1] << 8 | color[2];
        }
        IndexColorModel inSrgb = new IndexColorModel(
                palette.getPixelSize(), colors, argb, 0, palette.hasAlpha(), -1, palette.getTransferType());
        return new BufferedImage(inSrgb, image.getRaster(), false, null);
    }

    private BufferedImage convert(BufferedImage image, int channels) {
        boolean hasAlpha = image.getColorModel().hasAlpha();
        BufferedImage converted = new BufferedImage(
                image.getWidth(),
                image.getHeight(),
                hasAlpha ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR);
        Raster from = image.getRaster();
        convert(bands(from, channels), (WritableRaster) bands(converted.getRaster(), Picture.CHANNELS));
        if (hasAlpha) {
            copyAlpha(image, converted);
        }
        return converted;
    }

    private static Raster bands(Raster raster, int bands) {
        int[] first = IntStream.range(0, bands).toArray();
        return raster instanceof WritableRaster writable
                ? writable.createWritableChild(0, 0, raster.getWidth(), raster.getHeight(), 0, 0, first)
                : raster.createChild(0, 0, raster.getWidth(), raster.getHeight(), 0, 0, first);
    }

    private static void copyAlpha(BufferedImage from, BufferedImage to) {
        int[] row = new int[from.getWidth()];
        for (int y = 0; y < from.getHeight(); y++) {
            from.getRGB(0, y, from.getWidth(), 1, row, 0, from.getWidth());
            for (int x = 0; x < row.length; x++) {
                to.getRaster().setSample(x, y, Picture.CHANNELS, row[x] >>> 24);
            }
        }
    }

    /**
     * With black point compensation: the darkest that a press can print becomes black, as elsewhere. In strips of samples side by
     * side, which alone littleCMS takes as they are; all else costs ten times as much.
     */
    private void convert(Raster from, WritableRaster to) {
        int width = from.getWidth();
        for (int y = 0; y < from.getHeight(); y += STRIP) {
            int rows = Math.min(STRIP, from.getHeight() - y);
            Raster strip = from.createChild(from.getMinX(), from.getMinY() + y, width, rows, 0, 0, null);
            WritableRaster converted =
                    Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, rows, Picture.CHANNELS, null);
            conversion.filter(sideBySide(strip), converted);
            black.compensate(converted);
            to.setRect(to.getMinX(), to.getMinY() + y, converted);
        }
    }

    private static Raster sideBySide(Raster strip) {
        if (strip.getTransferType() != DataBuffer.TYPE_BYTE) {
            return strip;
        }
        WritableRaster copy = Raster.createInterleavedRaster(
                DataBuffer.TYPE_BYTE, strip.getWidth(), strip.getHeight(), strip.getNumBands(), null);
        copy.setRect(strip);
        return copy;
    }

    private static Raster darkest(ICC_Profile profile, ColorConvertOp conversion) {
        int darkest = profile.getColorSpaceType() == ColorSpace.TYPE_CMYK ? 0xFF : 0;
        int channels = profile.getNumComponents();
        WritableRaster samples = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 1, 1, channels, null);
        samples.setPixel(0, 0, IntStream.generate(() -> darkest).limit(channels).toArray());
        WritableRaster converted = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 1, 1, Picture.CHANNELS, null);
        return conversion.filter(samples, converted);
    }
}
