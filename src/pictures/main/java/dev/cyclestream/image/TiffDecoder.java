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
                    () -> TiffJpeg.brightened(image.read(), directory));
        }
    }

    @Override
    public Orientation orientation(byte[] encoded) {
        return Orientation.of(TiffDirectory.first(encoded).number(TiffTag.ORIENTATION, 1));
    }
}
