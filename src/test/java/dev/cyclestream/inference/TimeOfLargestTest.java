package dev.cyclestream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.SizePolicy;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.picture.Picture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of the time that an image takes counts: on the CPU none in which the machine did something else. */
@Timeout(60)
class TimeOfLargestTest {

    private static final Duration WAIT = Duration.ofMillis(300);
    private static final int SIDE = 256; // at which it is timed

    /** Waits as a thread does whose core is taken by others. */
    private record WaitingGenerator(String device) implements Generator {
        @Override
        public List<Picture> translate(List<Picture> images) {
            try {
                Thread.sleep(WAIT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return images;
        }

        @Override
        public void close() {}
    }

    @Test
    void waitingForTheProcessorDoesNotCount() {
        assertThat(time("cpu", SIDE)).isLessThan(WAIT.dividedBy(3));
    }

    @Test
    void waitingForAnotherDeviceCounts() {
        assertThat(time("gpu0", SIDE)).isGreaterThanOrEqualTo(WAIT.minusMillis(1));
    }

    @Test
    void largerImagesTakeLongerByTheirPixels() {
        assertThat(time("gpu0", 4 * SIDE))
                .isGreaterThanOrEqualTo(WAIT.minusMillis(1).multipliedBy(16));
    }

    private static Duration time(String device, int longestSide) {
        ImageCodec codec = new ImageCodec(
                new ImageDecoder(ImageLimits.DEFAULT), new SizePolicy.Native(longestSide), new ImageEncoder(1));
        try (ImageTranslator translator = new ImageTranslator(
                DemoCheckpoint.aToB(),
                new WaitingGenerator(device),
                new Parallelism(1, 1),
                codec,
                TranslationMetrics.NONE)) {
            return translator.timeOfLargest();
        }
    }
}
