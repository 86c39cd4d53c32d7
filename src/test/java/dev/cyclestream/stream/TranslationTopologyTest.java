package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.checkpoint.Maker;
import dev.cyclestream.event.Direction;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.inference.BrokenGenerator;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.ImageTranslator.Translation;
import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.rollout.live.ResultListener;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.InputPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationTopologyTest extends TopologyScene {

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @Test
    void imageIsTranslatedAndSaysWhatMadeIt() {
        start(new FakeGenerator(), OutputLimits.none());
        byte[] png = TestImages.png(1);
        Map<String, String> attributes = Map.of("camera", "x", "ort", "Zürich", "", "");
        images().pipeInput("key", TestImages.event("cats/1.png", png, attributes), 77);
        TranslatedImage image = translated().readValue();
        assertThat(image.getImageId()).isEqualTo("cats/1.png");
        assertThat(image.getDirection()).isEqualTo(Direction.A_TO_B);
        assertThat(image.getContentType()).isEqualTo("image/png");
        assertThat(List.of(image.getWidth(), image.getHeight())).containsOnly(32);
        assertThat(image.getAttributes()).isEqualTo(attributes);
        byte[] output = CollectedImage.of(image, ImageStores.none()).toBytes();
        assertThat(decoder.decode(output).color())
                .isEqualTo(FakeGenerator.negative(decoder.decode(png).color()));
        Provenance provenance = image.getProvenance();
        assertThat(provenance.getCheckpointSha256()).isEqualTo(CHECKPOINT.sha256());
        assertThat(provenance.getCheckpointName()).isEqualTo("a-to-b.onnx");
        assertThat(provenance.getTrainingRun())
                .isEqualTo(CHECKPOINT.metadata().orElseThrow().training().runId());
        assertThat(provenance.getDevice()).isEqualTo("fake");
        assertThat(provenance.getSourceTopic()).isEqualTo(INPUT);
        assertThat(provenance.getSourceTopicId()).isEqualTo(INPUT_ID);
        assertThat(provenance.getSourcePartition()).isZero();
        assertThat(provenance.getSourceOffset()).isZero();
        assertThat(provenance.getSourceTimestamp().toEpochMilli()).isEqualTo(77);
        assertThat(provenance.getInputSha256()).isEqualTo(DigestUtils.sha256Hex(png));
        assertThat(provenance.getOutputSha256()).isEqualTo(DigestUtils.sha256Hex(output));
        assertThat(provenance.getWrongContentType()).isNull();
    }

    @Test
    void whoeverListensIsToldOfTheResultAndItsMaker() {
        List<Maker> makers = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        listener = new ResultListener() {
            @Override
            public void made(Maker maker, InputPosition source, Translation translation) {
                makers.add(maker);
                pictures.addAll(List.of(translation.input(), translation.output()));
                assertThat(source).isEqualTo(new InputPosition(INPUT, 0, 0));
            }
        };
        start(new FakeGenerator(), OutputLimits.none());
        byte[] png = TestImages.png(1);
        images().pipeInput("key", TestImages.event("x", png));
        assertThat(makers).containsExactly(new Maker(Direction.A_TO_B, CHECKPOINT.sha256(), "a-to-b.onnx", "stable"));
        Picture input = decoder.decode(png).color();
        assertThat(pictures).containsExactly(input, FakeGenerator.negative(input));
    }

    @Test
    void keyHeadersAndTimestampPassThrough() {
        start(new FakeGenerator(), OutputLimits.none());
        Headers headers = new RecordHeaders().add("traceparent", bytes("00-1-2-01"));
        images().pipeInput(new TestRecord<>("key", TestImages.event("x", TestImages.png(1)), headers, 77L));
        TestRecord<String, TranslatedImage> record = translated().readRecord();
        assertThat(record.key()).isEqualTo("key");
        assertThat(record.timestamp()).isEqualTo(77);
        assertThat(header(record.headers(), "traceparent")).isEqualTo("00-1-2-01");
    }

    @Test
    void jpegThatIsCalledPngIsTranslatedAsJpegAndThatIsNoted() {
        start(new FakeGenerator(), OutputLimits.none());
        images().pipeInput("key", TestImages.event("x", TestImages.jpeg(1))); // it says image/png
        TranslatedImage image = translated().readValue();
        assertThat(image.getContentType()).isEqualTo("image/jpeg");
        assertThat(image.getProvenance().getWrongContentType()).isEqualTo("image/png");
    }

    @Test
    void imageIsReadAndWrittenByReference(@TempDir Path folder) throws IOException {
        byte[] png = TestImages.png(1);
        Path file = Files.write(folder.resolve("1.png"), png);
        stores = new ImageStores(
                new ImageStores.Allowed(List.of(folder), List.of(), Optional.empty(), ""),
                1 << 20,
                Optional.of(new ImageStores.Results(folder.toUri(), 0)));
        start(new FakeGenerator(), OutputLimits.none());
        ImageReference reference =
                new ImageReference(file.toUri().toString(), (long) png.length, DigestUtils.sha256Hex(png));
        images().pipeInput(
                        "key",
                        ImageEvent.newBuilder(TestImages.event("x", new byte[0]))
                                .setImage(reference)
                                .build());
        TranslatedImage image = translated().readValue();
        ImageReference result = (ImageReference) image.getImage();
        assertThat(result.getUri()).endsWith(result.getSha256() + ".png");
        assertThat(decoder.decode(CollectedImage.of(image, stores).toBytes()).color())
                .isEqualTo(FakeGenerator.negative(decoder.decode(png).color()));
    }

    @Test
    void brokenGeneratorIsNotTheFaultOfTheImage() {
        start(new BrokenGenerator(), OutputLimits.none());
        assertThatThrownBy(() -> images().pipeInput("key", TestImages.event("x", TestImages.png(1))))
                .hasRootCauseMessage("out of order");
        assertThat(deadLetters().isEmpty()).isTrue();
    }
}
