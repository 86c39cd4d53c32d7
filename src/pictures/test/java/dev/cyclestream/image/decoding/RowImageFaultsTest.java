package dev.cyclestream.image.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** BMP and TIFF files that were once read wrong or refused, each with what it holds. */
class RowImageFaultsTest {

    private static final Pattern OURS = Pattern.compile("\\.(bmp|tiff?)\t");

    /** Others cut bits off instead of rounding. */
    private static final double TOLERANCE = 0.6;

    /** ImageMagick, which the table follows for four bits, fills them up with zeros, so that none is fully bright or opaque. */
    private static final double TOLERANCE_OF_FOUR_BITS = 2.5;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    static List<String> rows() throws IOException {
        String index = new String(read("/suites/index.tsv"), StandardCharsets.UTF_8);
        return index.lines().filter(line -> OURS.matcher(line).find()).toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isReadAsItsSuiteMeansIt(String row) throws IOException {
        List<String> columns = Pattern.compile("\t").splitAsStream(row).toList();
        DecodedImage image = decoder.decode(read("/suites/" + columns.get(0)));
        Picture color = image.color();
        assertThat(color.width() + "x" + color.height()).isEqualTo(columns.get(5));
        List<String> means = Pattern.compile(" ").splitAsStream(columns.get(6)).toList();
        double tolerance = columns.get(0).contains("4444") ? TOLERANCE_OF_FOUR_BITS : TOLERANCE;
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            assertThat(mean(color.samples(), channel, Picture.CHANNELS))
                    .isCloseTo(Double.parseDouble(means.get(channel)), within(tolerance));
        }
    }

    /** The means of libtiff. The first has errors of transmission, the next more runs in a row than pixels, the third an early end. */
    @ParameterizedTest
    @CsvSource({
        "/tiff/ccitt/g3aoe.tif, 235.68, 235.68, 235.68",
        "/tiff/ccitt-too-many-changes.tif, 159.17, 159.17, 159.17",
        "/tiff/ccitt_tolessrows.tif, 219.58, 219.58, 219.58",
        "/tiff/zackthecat.tif, 57.94, 58.11, 58.03"
    })
    void isReadAsLibtiffReadsIt(String file, double red, double green, double blue) throws IOException {
        byte[] encoded;
        try (InputStream input = RowImageFaultsTest.class.getResourceAsStream(file)) {
            encoded = input.readAllBytes();
        }
        Picture found = decoder.decode(encoded).color();
        double[] sums = new double[Picture.CHANNELS];
        for (int i = 0; i < found.samples().limit(); i++) {
            sums[i % Picture.CHANNELS] += found.samples().get(i) & 0xFF;
        }
        double pixels = (double) found.width() * found.height();
        assertThat(sums[0] / pixels).isCloseTo(red, within(1.0));
        assertThat(sums[1] / pixels).isCloseTo(green, within(1.0));
        assertThat(sums[2] / pixels).isCloseTo(blue, within(1.0));
    }

    @ParameterizedTest
    @CsvSource({
        "bmp-565/rgb565.bmp, bmp-565/expected-rgb565.png",
        "tiff-grey-float/float.tif, tiff-grey-float/expected-float.png",
        "tiff-premultiplied-alpha/assoc.tif, tiff-premultiplied-alpha/expected-assoc.png"
    })
    void isReadAsExpected(String file, String expected) throws IOException {
        Picture found = decoder.decode(read("/faults/" + file)).color();
        assertThat(found.largestDifference(
                        decoder.decode(read("/faults/" + expected)).color()))
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"lzma.tif, LZMA", "zstd.tif, Zstandard"})
    void whatIsNotReadIsUnsupportedByName(String file, String name) throws IOException {
        byte[] encoded = read("/faults/reason-unsupported/" + file);
        ImageRejectedException rejected =
                catchThrowableOfType(ImageRejectedException.class, () -> decoder.decode(encoded));
        assertThat(rejected.reason()).isEqualTo(Reason.UNSUPPORTED_IMAGE);
        assertThat(rejected).hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"int16.tif, 170.3", "os2.bmp, 118.9"})
    void whatWasNotReadIsReadNow(String file, double mean) throws IOException {
        ByteBuffer samples = decoder.decode(read("/faults/reason-unsupported/" + file))
                .color()
                .samples();
        assertThat(mean(samples, 0, 1)).isCloseTo(mean, within(0.5));
    }

    private static double mean(ByteBuffer samples, int first, int step) {
        double sum = 0;
        for (int i = first; i < samples.limit(); i += step) {
            sum += samples.get(i) & 0xFF;
        }
        return sum * step / samples.limit();
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream input = RowImageFaultsTest.class.getResourceAsStream(name)) {
            return input.readAllBytes();
        }
    }
}
