package dev.cyclestream.comparison.measure;

import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.Pair;
import dev.cyclestream.comparison.pairing.SourcePartition;
import dev.cyclestream.comparison.pairing.SourcePosition;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.gallery.ShownImage;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.picture.Fault;
import dev.cyclestream.picture.Picture;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.commons.codec.digest.DigestUtils;

/** Pictures, pairs of them, and what was measured of such pairs. */
public final class TestPictures {

    private static final String SHA256 = "0".repeat(64);

    private TestPictures() {}

    public static Picture noise(int width, int height, long seed) {
        byte[] samples = new byte[width * height * Picture.CHANNELS];
        new SplittableRandom(seed).nextBytes(samples);
        return new Picture(width, height, samples);
    }

    static Picture plain(int width, int height, int brightness) {
        byte[] samples = new byte[width * height * Picture.CHANNELS];
        Arrays.fill(samples, (byte) brightness);
        return new Picture(width, height, samples);
    }

    public static byte[] png(Picture image) {
        return new ImageEncoder(1).encode(image, ImageFormat.PNG).toBytes();
    }

    public static Provenance provenance(SourcePosition source, byte[] input) {
        return Provenance.newBuilder()
                .setCheckpointSha256(SHA256)
                .setCheckpointName("test.onnx")
                .setTrainingRun(null)
                .setEpoch(null)
                .setDevice("cpu")
                .setSourceTopic(source.partition().topic())
                .setSourceTopicId(source.partition().topicId().orElse(null))
                .setSourcePartition(source.partition().partition())
                .setSourceOffset(source.offset())
                .setSourceTimestamp(Instant.EPOCH)
                .setInputSha256(DigestUtils.sha256Hex(input))
                .setOutputSha256(SHA256)
                .setApplicationVersion("test")
                .build();
    }

    public static SourcePosition source(long offset) {
        return new SourcePosition(new SourcePartition("images.a", Optional.empty(), 0), offset);
    }

    /** A pair whose outputs say that they were made of this input. */
    static Pair pair(Picture input, Picture old, Picture newer) {
        byte[] encoded = png(input);
        Provenance provenance = provenance(source(3), encoded);
        return new Pair(
                "id",
                source(3),
                Optional.of(new Pair.Image(() -> encoded, Optional.empty())),
                new Both<>(image(old, provenance), image(newer, provenance)));
    }

    private static Pair.Image image(Picture image, Provenance provenance) {
        byte[] encoded = png(image);
        return new Pair.Image(() -> encoded, Optional.of(provenance));
    }

    /** A pair with these figures, and its number for its offset. */
    public static Measured measured(long number, double ssim, String imageId) {
        byte[] encoded = png(plain(16, 16, (int) number % 256));
        ShownImage picture = ShownImage.of(encoded);
        Provenance provenance = provenance(source(number), encoded);
        Pair.Image output = new Pair.Image(() -> encoded, Optional.of(provenance));
        return new Measured(
                number,
                new Pair(imageId, source(number), Optional.empty(), new Both<>(output, output)),
                new PairFigures(
                        1 - ssim,
                        ssim,
                        new Both<>(Double.NaN, Double.NaN),
                        new Both<>(Set.of(), Set.of(Fault.BLANK)),
                        Set.of(PairFigures.Mark.NO_INPUT)),
                InputState.GONE,
                new Measured.Shown(Optional.empty(), new Both<>(picture, picture)));
    }
}
