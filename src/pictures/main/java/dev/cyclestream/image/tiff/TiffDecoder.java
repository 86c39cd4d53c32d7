package dev.cyclestream.image.tiff;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.decoding.Decoding;
import dev.cyclestream.image.decoding.FormatDecoder;
import dev.cyclestream.image.decoding.ImageReaders;
import dev.cyclestream.image.decoding.OpenImage;
import dev.cyclestream.image.decoding.Orientation;
import java.io.IOException;
import javax.imageio.ImageReader;

/** The decoder of TIFF files. */
public record TiffDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        TiffDirectory directory = TiffDirectory.first(encoded);
        TiffKinds.requireNoCameraRaw(directory);
        if (!TiffJpeg.isIn(directory)) {
            return decoding.rows(ImageFormat.TIFF, TiffImage.of(directory));
        }
        try (OpenImage image = OpenImage.of(reader(), TiffJpeg.alone(directory), decoding)) {
            return decoding.whole(
                    ImageFormat.TIFF,
                    image.size(),
                    image.bytesOfAPixel(),
                    directory.profile(),
                    () -> TiffJpeg.ranged(TiffJpeg.brightened(image.read(), directory), directory));
        }
    }

    @Override
    public Orientation orientation(byte[] encoded) {
        TiffDirectory directory = TiffDirectory.first(encoded);
        return directory.has(TiffTag.ORIENTATION)
                ? Orientation.of(directory.number(TiffTag.ORIENTATION, 1))
                : Orientation.UPRIGHT;
    }

    private static ImageReader reader() {
        return ImageReaders.ofTwelveMonkeys(ImageFormat.TIFF);
    }
}
