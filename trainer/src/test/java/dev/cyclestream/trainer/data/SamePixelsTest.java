package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Networks learn from the pixels that they will be given: the trainer's are the translator's. */
class SamePixelsTest {

    /** Every format, profile and oddity that the decoder is tested with. */
    private static final Path IMAGES = Path.of("../src/pictures/test/resources");

    private static final ImageDecoder TRANSLATORS = new ImageDecoder(ImageLimits.DEFAULT);

    @Test
    void trainerSeesWhatTheTranslatorSees() throws IOException {
        Set<ImageFormat> seen = EnumSet.noneOf(ImageFormat.class);
        for (Path file : images()) {
            byte[] encoded = Files.readAllBytes(file);
            Optional<Picture> expected = translators(encoded);
            if (expected.isPresent()) {
                seen.add(ImageDecoder.formatOf(encoded));
                assertThat(PictureFile.read(file)).as(file.toString()).isEqualTo(expected.get());
                assertThat(Augmentation.none(16).read(file)).as(file.toString()).isEqualTo(expected.get());
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(ImageFormat.values());
    }

    /** Empty where the image is refused: the trainer's limits are wider. */
    private static Optional<Picture> translators(byte[] encoded) {
        try {
            return Optional.of(TRANSLATORS.decode(encoded).color());
        } catch (ImageRejectedException e) {
            return Optional.empty();
        }
    }

    private static List<Path> images() throws IOException {
        try (Stream<Path> files = Files.walk(IMAGES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
