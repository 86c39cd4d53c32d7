package dev.cyclestream.image.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of other projects' suites, as the decoders that {@code index.tsv} names see them. */
class SuitesTest {

    /** Of samples of 0 to 255. */
    private static final Offset<Double> MEAN = Offset.offset(1.0);

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    /** A row of the table. */
    private record Row(String file, String size, List<Double> colors, double alpha) {

        static Row of(String line) {
            String[] cells = line.split("\t", -1);
            boolean refused = cells[5].equals("refused");
            return new Row(
                    cells[0],
                    cells[5],
                    refused
                            ? List.of()
                            : Stream.of(cells[6].split(" "))
                                    .map(Double::valueOf)
                                    .toList(),
                    refused ? 0 : Double.parseDouble(cells[7]));
        }

        boolean isRefused() {
            return size.equals("refused");
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static List<Row> rows(boolean refused) throws IOException {
        return new String(read("index.tsv"), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(Row::of)
                .filter(row -> row.isRefused() == refused && row.file().matches(".*\\.(webp|png|gif|jpg)"))
                .toList();
    }

    static List<Row> seen() throws IOException {
        return rows(false);
    }

    static List<Row> refused() throws IOException {
        return rows(true);
    }

    @ParameterizedTest
    @MethodSource("seen")
    void isSeenAsOthersSeeIt(Row row) throws IOException {
        DecodedImage found = decoder.decode(read(row.file()));
        assertThat(found.color().width() + "x" + found.color().height()).isEqualTo(row.size());
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            assertThat(mean(found.color().samples(), channel, Picture.CHANNELS))
                    .as("channel %d", channel)
                    .isCloseTo(row.colors().get(channel), MEAN);
        }
        assertThat(found.alpha().map(plane -> mean(plane.samples(), 0, 1)).orElse(255.0))
                .isCloseTo(row.alpha(), MEAN);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedAsDamaged(Row row) throws IOException {
        byte[] file = read(row.file());
        assertThat(catchThrowableOfType(ImageRejectedException.class, () -> decoder.decode(file)))
                .extracting(ImageRejectedException::reason)
                .isEqualTo(Reason.DAMAGED_IMAGE);
    }

    private static double mean(ByteBuffer samples, int first, int step) {
        long sum = 0;
        for (int i = first; i < samples.limit(); i += step) {
            sum += samples.get(i) & 0xFF;
        }
        return sum / ((double) samples.limit() / step);
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream input = SuitesTest.class.getResourceAsStream("/suites/" + name)) {
            return input.readAllBytes();
        }
    }
}
