package dev.cyclestream.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The colour profile in a PNG. */
record PngProfile(ICC_Profile profile) {

    /** Real ones have some kilobytes, those of printing presses up to two megabytes. */
    private static final int MOST_BYTES = 4 << 20;

    /** What the file holds; empty if there is none, or none that can be read. */
    static Optional<PngProfile> of(byte[] encoded) {
        return FileParts.pngChunk(encoded, "iCCP").flatMap(PngProfile::inflate).map(PngProfile::new);
    }

    /** Name, zero, compression method, compressed profile. */
    private static Optional<ICC_Profile> inflate(ByteBuffer chunk) {
        while (chunk.hasRemaining() && chunk.get() != 0) {}
        if (!chunk.hasRemaining() || chunk.get() != 0) {
            return Optional.empty();
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(chunk);
            byte[] profile = new byte[MOST_BYTES];
            int length = inflater.inflate(profile);
            return inflater.finished()
                    ? Optional.of(ICC_Profile.getInstance(Arrays.copyOf(profile, length)))
                    : Optional.empty();
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    /** The image with its samples in this profile; one without samples of its own, or of another kind, as it is. */
    BufferedImage attach(BufferedImage image) {
        boolean rgb = image.getColorModel() instanceof ComponentColorModel
                && image.getColorModel().getNumColorComponents() == RgbImage.CHANNELS
                && profile.getColorSpaceType() == ColorSpace.TYPE_RGB;
        if (!rgb || image.getColorModel() instanceof IndexColorModel) {
            return image;
        }
        ComponentColorModel model = new ComponentColorModel(
                new ICC_ColorSpace(profile),
                image.getColorModel().hasAlpha(),
                false,
                image.getColorModel().getTransparency(),
                image.getRaster().getTransferType());
        return new BufferedImage(model, image.getRaster(), false, null);
    }
}
