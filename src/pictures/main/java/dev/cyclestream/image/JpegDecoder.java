package dev.cyclestream.image;

import java.io.IOException;
import java.util.Optional;

/** Reads JPEG files. */
record JpegDecoder() implements FormatDecoder {

    /** Of memory, for a pixel that comes in several scans: libjpeg keeps what it has read of three channels. */
    private static final int COEFFICIENT_BYTES = 3 * Short.BYTES;

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        int scans = JpegScans.requireFew(encoded);
        try (OpenImage image = OpenImage.of(ImageFormat.JPEG, encoded, decoding)) {
            ImageSize size = image.size();
            Optional<PlainJpeg> plain = decoding.isShrunk(size) ? PlainJpeg.of(encoded) : Optional.empty();
            if (plain.isPresent()) {
                return rows(plain.get(), scans, size, decoding);
            }
            int copies = 2; // as stored, and in RGB
            return decoding.whole(ImageFormat.JPEG, size, copies * RgbImage.CHANNELS, image::read);
        }
    }

    private static DecodedImage rows(PlainJpeg plain, int scans, ImageSize size, Decoding decoding) throws IOException {
        try (OpenImage image = OpenImage.of(ImageReaders.libjpeg(), plain.toBytes(), true, decoding)) {
            long memory = scans > 1 ? size.pixels() * COEFFICIENT_BYTES : 0;
            return decoding.rows(ImageFormat.JPEG, image.rows(plain.profile(), scans, memory));
        }
    }
}
