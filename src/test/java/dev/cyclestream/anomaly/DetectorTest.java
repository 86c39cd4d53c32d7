package dev.cyclestream.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Photographs, and what could be made of them. */
class DetectorTest {

    private static final Picture PERSON = photograph("pillow-hopper.webp");
    private static final Picture FLOWER = photograph("pillow-flower.webp");
    private static final Picture NIGHT = each(PERSON, (value, channel) -> value / 10);
    private static final Picture GREY = each(PERSON, (value, channel) -> 128);

    static Stream<Arguments> anomalies() {
        return Stream.of(
                found("negative", PERSON, FakeGenerator.negative(PERSON), Detector.INVERTED),
                found("negative of a flower", FLOWER, FakeGenerator.negative(FLOWER), Detector.INVERTED),
                found("pale negative", PERSON, each(PERSON, (value, channel) -> 190 - value / 2), Detector.INVERTED),
                found("negative of the night", NIGHT, FakeGenerator.negative(NIGHT), Detector.INVERTED),
                found("grainy negative", PERSON, grain(FakeGenerator.negative(PERSON), 20), Detector.INVERTED),
                found("the same", PERSON, PERSON, Detector.UNCHANGED),
                found("the same night", NIGHT, NIGHT, Detector.UNCHANGED),
                found("the same but for rounding", FLOWER, grain(FLOWER, 1), Detector.UNCHANGED),
                found("black", PERSON, each(PERSON, (value, channel) -> 0), Detector.BLANK),
                found("one colour", FLOWER, each(FLOWER, (value, channel) -> 60 * channel), Detector.BLANK),
                found("one colour but for grain", PERSON, grain(GREY, 2), Detector.BLANK));
    }

    static Stream<Arguments> resultsThatAreRight() {
        return Stream.of(
                right("warmer", PERSON, each(PERSON, (value, channel) -> value + 25 - 25 * channel)),
                right("of another colour", FLOWER, each(FLOWER, (value, channel) -> channel == 0 ? value / 3 : value)),
                right("day to night", PERSON, NIGHT),
                right("night to day", NIGHT, PERSON),
                right("dark stays dark", NIGHT, each(NIGHT, (value, channel) -> channel == 2 ? value + 6 : value)),
                right("dark with other grain", NIGHT, grain(NIGHT, 3)),
                right("paler", PERSON, each(PERSON, (value, channel) -> 80 + value / 2)),
                right("mirrored", PERSON, PERSON.flip()),
                right("something else", FLOWER, PERSON.resize(FLOWER.width(), FLOWER.height())),
                right("two tones", PERSON, each(PERSON, (value, channel) -> value > 110 ? 230 : 30)),
                right("fine pattern of one tone", PERSON, pattern(PERSON)),
                right("nothing to see stays so", GREY, GREY),
                right("nothing to see becomes dark", GREY, each(GREY, (value, channel) -> 5)),
                right("middle grey is its own negative", GREY, grain(GREY, 8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void anomalies(String name, Picture input, Picture output, Detector expected) {
        assertThat(Detector.of(input, output)).containsExactly(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void resultsThatAreRight(String name, Picture input, Picture output) {
        assertThat(Detector.of(input, output)).isEqualTo(Set.of());
    }

    private static Arguments found(String name, Picture input, Picture output, Detector expected) {
        return Arguments.of(name, input, output, expected);
    }

    private static Arguments right(String name, Picture input, Picture output) {
        return Arguments.of(name, input, output);
    }

    private static Picture photograph(String name) {
        try {
            byte[] encoded = Files.readAllBytes(Path.of("pictures", "test", "resources", "suites", name));
            return new ImageDecoder(ImageLimits.DEFAULT).decode(encoded).color();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each sample by a function of its value and channel. */
    private static Picture each(Picture picture, IntBinaryOperator change) {
        ByteBuffer samples = picture.samples();
        byte[] changed = new byte[samples.remaining()];
        for (int i = 0; i < changed.length; i++) {
            int value = change.applyAsInt(samples.get(i) & 0xFF, i % Picture.CHANNELS);
            changed[i] = (byte) Math.max(0, Math.min(255, value));
        }
        return new Picture(picture.width(), picture.height(), changed);
    }

    private static Picture grain(Picture picture, int most) {
        SplittableRandom random = new SplittableRandom(1);
        return each(picture, (value, channel) -> value + random.nextInt(-most, most + 1));
    }

    /** A chess board with fields of one pixel. */
    private static Picture pattern(Picture size) {
        byte[] samples = new byte[size.width() * size.height() * Picture.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            int pixel = i / Picture.CHANNELS;
            samples[i] = (byte) ((pixel % size.width() + pixel / size.width()) % 2 * 100);
        }
        return new Picture(size.width(), size.height(), samples);
    }
}
