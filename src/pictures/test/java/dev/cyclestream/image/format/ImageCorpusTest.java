package dev.cyclestream.image.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.MachineMark;
import dev.cyclestream.picture.AlphaPlane;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of all kinds against what Pillow sees in them; see make-images.py beside the files. */
class ImageCorpusTest {

    private static final String EXPECTED = ".expected.png";

    /** Decoders of JPEG and of colour profiles round and smooth chroma each in its own way. */
    private static final int LOSSY_MEAN = 6;

    /** JPEG is written with chroma at half the size. */
    private static final int WRITTEN_MEAN = 8;

    private static final int LOSSLESS_LARGEST = 1;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    static List<String> names() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(ImageCorpusTest.class.getResource("/images"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXPECTED))
                    .map(name -> name.substring(0, name.length() - EXPECTED.length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isSeenAsPillowSeesIt(String name) throws IOException {
        DecodedImage found = decoder.decode(read(name));
        DecodedImage expected = decoder.decode(read(name + EXPECTED));
        assertThat(found.color().toString()).isEqualTo(expected.color().toString());
        if (name.startsWith("jpeg") || name.contains("lossy") || name.contains("profile")) {
            assertThat(meanDifference(found, expected)).isLessThan(LOSSY_MEAN);
        } else {
            assertThat(found.color().largestDifference(expected.color())).isLessThanOrEqualTo(LOSSLESS_LARGEST);
        }
        assertThat(found.alpha().map(AlphaPlane::samples))
                .isEqualTo(expected.alpha().map(AlphaPlane::samples));
    }

    @Test
    void alphaAndColorSurviveWritingAndReading() throws IOException {
        DecodedImage image = decoder.decode(read("png-RGBA.png"));
        byte[] written =
                new ImageEncoder(1).encode(image, new MachineMark("test", "1")).toBytes();
        DecodedImage again = decoder.decode(written);
        assertThat(again.alpha()).isEqualTo(image.alpha()).isNotEqualTo(Optional.empty());
        assertThat(again.color().largestDifference(image.color())).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isWrittenInItsOwnFormatOrAsPng(String name) throws IOException {
        DecodedImage image = decoder.decode(read(name));
        EncodedImage written = new ImageEncoder(1).encode(image, new MachineMark("test", "1"));
        ImageFormat format = ImageDecoder.formatOf(written.toBytes());
        assertThat(format).isEqualTo(written.format()).isEqualTo(image.format().outputFormat());
        DecodedImage again = decoder.decode(written.toBytes());
        assertThat(meanDifference(again, image)).isLessThan(WRITTEN_MEAN);
    }

    private static double meanDifference(DecodedImage one, DecodedImage other) {
        ByteBuffer first = one.color().samples();
        ByteBuffer second = other.color().samples();
        long sum = 0;
        for (int i = 0; i < first.limit(); i++) {
            sum += Math.abs((first.get(i) & 0xFF) - (second.get(i) & 0xFF));
        }
        return sum / (double) first.limit();
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream input = ImageCorpusTest.class.getResourceAsStream("/images/" + name)) {
            return input.readAllBytes();
        }
    }
}
