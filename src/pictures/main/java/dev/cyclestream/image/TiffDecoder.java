package dev.cyclestream.image;

import java.io.IOException;

/** Reads TIFF files. */
record TiffDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        TiffDirectory directory = TiffDirectory.first(encoded);
        TiffKinds.requireNoCameraRaw(directory);
        if (!TiffJpeg.isIn(directory)) {
            return decoding.rows(ImageFormat.TIFF, TiffImage.of(directory));
        }
        try (OpenImage image = OpenImage.of(ImageFormat.TIFF, TiffJpeg.alone(directory), decoding)) {
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
}
