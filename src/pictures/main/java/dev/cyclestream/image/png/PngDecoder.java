package dev.cyclestream.image.png;

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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.imageio.ImageReader;

/** The decoder of PNG files. */
public record PngDecoder() implements FormatDecoder {

    private static final int INTERLACE_OFFSET = 28;
    private static final int BITS_OFFSET = 8;
    private static final int COLOR_OFFSET = 9;
    private static final int GREY = 0;
    private static final int BRIGHTEST = 255;

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        PngChunks chunks = PngChunks.of(encoded);
        if (chunks.first("CgBI").isPresent()) {
            throw ImageRejectedException.unsupported("PNG as Xcode rewrites it for iPhone apps (CgBI)", null);
        }
        try (OpenImage image = OpenImage.of(reader(), withTransparentGrey(encoded, chunks), decoding)) {
            Optional<ColorProfile> profile = chunks.profile(); // which ImageIO does not look at
            return encoded[INTERLACE_OFFSET] == 0
                    ? decoding.rows(ImageFormat.PNG, image.rows(profile, 1, 0))
                    : decoding.whole(ImageFormat.PNG, image.size(), image.bytesOfAPixel(), profile, image::read);
        }
    }

    /**
     * ImageIO makes eight bits of a grey that has fewer before it looks whether it is the transparent one, so that one is
     * written as it is looked for.
     */
    private static byte[] withTransparentGrey(byte[] encoded, PngChunks chunks) {
        Optional<ByteBuffer> transparent = chunks.first("tRNS").filter(data -> data.limit() == Short.BYTES);
        Optional<ByteBuffer> header = chunks.first("IHDR").filter(data -> data.limit() > COLOR_OFFSET);
        if (transparent.isEmpty() || header.isEmpty()) {
            return encoded;
        }
        int bits = header.get().get(BITS_OFFSET);
        if (header.get().get(COLOR_OFFSET) != GREY || bits < 1 || bits >= Byte.SIZE) {
            return encoded;
        }
        int brightest = (1 << bits) - 1;
        int grey = transparent.get().getShort(0) & brightest;
        byte[] copy = encoded.clone();
        ByteBuffer.wrap(copy).putShort(transparent.get().arrayOffset(), (short) (grey * BRIGHTEST / brightest));
        return copy;
    }

    @Override
    public Orientation orientation(byte[] encoded) {
        return Exif.orientation(PngChunks.of(encoded).exif());
    }

    private static ImageReader reader() {
        return ImageReaders.ofJdk(ImageFormat.PNG);
    }
}
