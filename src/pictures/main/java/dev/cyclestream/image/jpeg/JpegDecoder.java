package dev.cyclestream.image.jpeg;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.color.ColorProfile;
import dev.cyclestream.image.decoding.Decoding;
import dev.cyclestream.image.decoding.Exif;
import dev.cyclestream.image.decoding.FormatDecoder;
import dev.cyclestream.image.decoding.ImageReaders;
import dev.cyclestream.image.decoding.OpenImage;
import dev.cyclestream.image.decoding.Orientation;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.picture.PictureSize;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;

/** The decoder of JPEG files. */
public record JpegDecoder() implements FormatDecoder {

    /** Of memory, for a sample that comes in several scans, which libjpeg keeps until the last. */
    private static final int COEFFICIENT_BYTES = Short.BYTES;

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        JpegFile file = JpegFile.of(encoded);
        JpegFrame frame = file.frame();
        frame.requireSupported();
        Optional<ColorProfile> profile = file.profile();
        int kept = file.scans() > 1 ? frame.components() * COEFFICIENT_BYTES : 0;
        if (frame.isLossless() && !file.isEnded()) {
            // Its reader takes what is missing for zeros.
            throw ImageRejectedException.damaged("JPEG without losses: expected the mark of the end, found none", null);
        }
        try (OpenImage image = OpenImage.of(reader(frame), file.plain(), decoding)) {
            if (!file.isEnded()) {
                image.takeHarmlessWarningsForDamage();
            }
            PictureSize size = image.size();
            if (frame.isInks()) {
                int copies = 2; // as stored, and as inks
                int bytes = copies * JpegFrame.INKS + Picture.CHANNELS + kept;
                return decoding.whole(
                        ImageFormat.JPEG,
                        size,
                        bytes,
                        () -> Inks.of(file, image.readRaster()).toSrgb(profile));
            }
            return decoding.isShrunk(size) && !frame.isLossless()
                    ? decoding.rows(ImageFormat.JPEG, image.rows(profile, file.scans(), size.pixels() * kept))
                    : decoding.whole(ImageFormat.JPEG, size, frame.components() + kept, profile, image::read);
        }
    }

    /** libjpeg of the JDK, or what reads the process without losses that it does not. */
    private static ImageReader reader(JpegFrame frame) {
        return frame.isLossless()
                ? ImageReaders.ofTwelveMonkeys(ImageFormat.JPEG)
                : ImageReaders.ofJdk(ImageFormat.JPEG);
    }

    @Override
    public Orientation orientation(byte[] encoded) {
        return Exif.orientation(JpegFile.of(encoded).exif());
    }
}
