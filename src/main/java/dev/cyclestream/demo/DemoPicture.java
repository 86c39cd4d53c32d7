package dev.cyclestream.demo;

import dev.cyclestream.demo.PictogramArtist.Drawing;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.gallery.ImageFolder;
import dev.cyclestream.gallery.ImageFolder.ImageFile;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A picture that the demo sends on its way. */
public final class DemoPicture {

    /** The demo shrinks the user's pictures before it sends them, so it takes larger ones than the stream. */
    private static final ImageLimits CAMERA = new ImageLimits(64 << 20, 50_000_000, Duration.ofSeconds(30));

    private static final ImageEncoder ENCODER = new ImageEncoder(ImageEncoder.DEFAULT_JPEG_QUALITY);

    private final String id;
    private final byte[] encoded;

    private DemoPicture(String id, byte[] encoded) {
        this.id = id;
        this.encoded = encoded;
    }

    /** Flat pictograms, drawn here; the seed varies them. */
    public static List<DemoPicture> draw(int count, long seed) {
        List<DemoPicture> pictures = new ArrayList<>();
        for (Drawing drawing : new PictogramArtist(seed).draw(count)) {
            pictures.add(new DemoPicture(drawing.name() + ".png", png(drawing.image())));
        }
        return pictures;
    }

    /**
     * The user's pictures, shrunk. A file that cannot be decoded is sent as it is: the stream will say what is wrong.
     *
     * @param longestSide in pixels
     */
    public static List<DemoPicture> read(Path folder, int longestSide) throws IOException {
        ImageDecoder decoder = new ImageDecoder(CAMERA);
        List<DemoPicture> pictures = new ArrayList<>();
        for (ImageFile file : new ImageFolder(folder).files()) {
            byte[] original = file.read();
            pictures.add(new DemoPicture(file.id(), shrink(decoder, original, longestSide)));
        }
        return pictures;
    }

    private static byte[] shrink(ImageDecoder decoder, byte[] original, int longestSide) {
        try {
            return png(decoder.decode(original).color().fit(longestSide));
        } catch (ImageRejectedException e) {
            return original;
        }
    }

    private static byte[] png(Picture image) {
        return ENCODER.encode(image, ImageFormat.PNG).toBytes();
    }

    public String id() {
        return id;
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    /** Pictograms as pixels. */
    public static List<Picture> drawings(int count, long seed) {
        return new PictogramArtist(seed)
                .draw(count).stream().map(Drawing::image).toList();
    }

    /** An event with these bytes, which are a PNG. */
    public static ImageEvent event(String id, byte[] encoded) {
        return ImageEvent.newBuilder()
                .setImageId(id)
                .setContentType(ImageFormat.PNG.contentType())
                .setImage(ByteBuffer.wrap(encoded))
                .setTakenAt(Instant.now())
                .build();
    }
}
