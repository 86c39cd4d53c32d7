package dev.cyclestream.image.decoding;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.color.ColorProfile;
import dev.cyclestream.picture.PictureSize;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A file that one of ImageIO's readers has open. */
public final class OpenImage implements AutoCloseable {

    /**
     * Of a JPEG that is cut off or corrupt only a warning tells. Others are of what can be ignored: padding, colour profiles
     * and markers that contradict each other.
     */
    private static final Pattern DAMAGE = Pattern.compile(
            "^(?!.*(ignoring|extraneous)).*(corrupt|premature|truncated)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** The part between the last pixel and the end. */
    private static final Pattern BEHIND_PIXELS = Pattern.compile("extraneous bytes before marker 0xd9");

    private final ImageReader reader;
    private final ImageInputStream input;
    private final Decoding decoding;
    private final List<String> warnings = new ArrayList<>();
    private boolean mayBeCutOff;

    private OpenImage(ImageReader reader, ImageInputStream input, Decoding decoding) {
        this.reader = reader;
        this.input = input;
        this.decoding = decoding;
        decoding.time().whenOver(reader::abort);
        reader.addIIOReadWarningListener((source, text) -> warnings.add(text));
    }

    /**
     * In memory: a file that lies about its length must not make the JDK write to disk.
     *
     * @throws ImageRejectedException if it is too large by its header, before anything else is read
     */
    public static OpenImage of(ImageReader reader, byte[] encoded, Decoding decoding) throws IOException {
        ImageInputStream input = new TimedInput(encoded, decoding.time());
        OpenImage image = new OpenImage(reader, input, decoding);
        try {
            reader.setInput(input, false, true);
            decoding.requireReadable(image.size());
            return image;
        } catch (IOException | RuntimeException e) {
            image.close();
            throw e;
        }
    }

    /** libjpeg gives the first of its warnings alone: behind one that can be ignored may be one of pixels that are missing. */
    public void takeHarmlessWarningsForDamage() {
        mayBeCutOff = true;
    }

    /** Width and height by the header. */
    public PictureSize size() throws IOException {
        return new PictureSize(reader.getWidth(0), reader.getHeight(0));
    }

    /** Of memory, as the reader stores it. */
    public int bytesOfAPixel() throws IOException {
        SampleModel samples = reader.getImageTypes(0).next().getSampleModel(1, 1);
        int bits = IntStream.of(samples.getSampleSize()).sum();
        return Math.max(1, bits / Byte.SIZE);
    }

    /**
     * The first image.
     *
     * @throws ImageRejectedException if it takes too long, or the reader warns of damage
     */
    public BufferedImage read() throws IOException {
        BufferedImage image = reader.read(0);
        requireDone();
        return image;
    }

    /**
     * The first image as {@link #read()} gives it, by a reader's own way to shrink it.
     *
     * @param param made by {@link #defaultParam()}
     */
    public BufferedImage read(ImageReadParam param) throws IOException {
        BufferedImage image = reader.read(0, param);
        requireDone();
        return image;
    }

    /** The reader's own settings, to be changed and given to {@link #read(ImageReadParam)}. */
    public ImageReadParam defaultParam() {
        return reader.getDefaultReadParam();
    }

    /** The first image as it is stored, in colours that only its reader knows; otherwise like {@link #read()}. */
    public Raster readRaster() throws IOException {
        Raster image = reader.readRaster(0, null);
        requireDone();
        return image;
    }

    /** @throws ImageRejectedException if reading took too long, or the reader warned of damage */
    void requireDone() {
        decoding.time().check();
        for (String warning : warnings) {
            boolean hidesDamage = mayBeCutOff && !BEHIND_PIXELS.matcher(warning).find();
            if (hidesDamage || DAMAGE.matcher(warning).find()) {
                throw ImageRejectedException.damaged(warning, null);
            }
        }
    }

    /** The first image row by row, if the reader gives it so. */
    public RowImage rows(Optional<ColorProfile> profile, int passes, long memory) throws IOException {
        PictureSize size = size();
        ColorModel colors = reader.getImageTypes(0).next().getColorModel();
        int tileHeight = reader.isImageTiled(0) ? reader.getTileHeight(0) : 1;
        return new ReaderRows(this, size.width(), size.height(), colors, profile, tileHeight, passes, memory);
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        input.close();
    }

    /** The image of an ImageIO reader. */
    private record ReaderRows(
            OpenImage image,
            int width,
            int height,
            ColorModel colors,
            Optional<ColorProfile> profile,
            int tileHeight,
            int passes,
            long memory)
            implements RowImage {

        @Override
        public void readInto(WritableRaster destination) throws IOException {
            ImageReadParam param = image.reader.getDefaultReadParam();
            param.setDestination(new BufferedImage(colors, destination, colors.isAlphaPremultiplied(), null));
            image.reader.read(0, param);
            image.requireDone();
        }
    }
}
