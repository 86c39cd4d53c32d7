package dev.cyclestream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class EventSerdesTest {

    private static final String TOPIC = "images";

    private final EventSerdes serdes = new EventSerdes("mock://" + UUID.randomUUID());
    private final Serde<ImageEvent> imageEvents = serdes.imageEvents();

    @Test
    void imageEventsComeBackAsTheyWere() {
        ImageEvent event = TestEvents.event();
        assertThat(roundTrip(event)).isEqualTo(event);
    }

    @Test
    void referencesComeBackAsTheyWere() {
        ImageReference reference = ImageReference.newBuilder()
                .setUri("s3://bucket/key")
                .setSize(12)
                .setSha256("ab".repeat(32))
                .build();
        ImageEvent event =
                ImageEvent.newBuilder(TestEvents.event()).setImage(reference).build();
        assertThat(roundTrip(event).getImage()).isEqualTo(reference);
    }

    @Test
    void translatedImagesComeBackAsTheyWere() {
        TranslatedImage image = translatedImage();
        byte[] bytes = serdes.translatedImages().serializer().serialize(TOPIC, image);
        assertThat(serdes.translatedImages().deserializer().deserialize(TOPIC, bytes))
                .isEqualTo(image);
    }

    @Test
    void eitherKindIsReadAsWhatItIs() {
        byte[] event = imageEvents.serializer().serialize("a", TestEvents.event());
        byte[] image = serdes.translatedImages().serializer().serialize("b", translatedImage());
        assertThat(serdes.anyEvent().deserialize("a", event)).isInstanceOf(ImageEvent.class);
        SpecificRecord translated = serdes.anyEvent().deserialize("b", image);
        assertThat(translated).isInstanceOf(TranslatedImage.class);
    }

    @Test
    void bytesThatAreNoAvroAreUnreadable() {
        assertUnreadable(new byte[] {1, 2, 3, 4, 5, 6, 7});
        assertUnreadable(new byte[] {0, 0});
        assertUnreadable(new byte[0]);
    }

    @Test
    void unknownSchemaIsUnreadable() {
        assertUnreadable(new byte[] {0, 0, 0, 3, (byte) 0xE7, 1, 2, 3});
    }

    @Test
    void recordThatIsCutOffIsUnreadable() {
        byte[] whole = imageEvents.serializer().serialize(TOPIC, TestEvents.event());
        assertUnreadable(Arrays.copyOf(whole, whole.length - 3));
        assertUnreadable(Arrays.copyOf(whole, 6));
    }

    @Test
    void anotherRecordIsUnreadableAsAnImageEvent() {
        assertUnreadable(serdes.translatedImages().serializer().serialize(TOPIC, translatedImage()));
    }

    @Test
    void fewBytesThatClaimToBeGigabytesAreUnreadable() {
        byte[] whole = imageEvents.serializer().serialize(TOPIC, TestEvents.event());
        ByteBuffer claim = ByteBuffer.allocate(14).put(whole, 0, 5);
        claim.put((byte) 0).put((byte) 0); // an empty id and an empty content type
        claim.put((byte) 0); // the image is bytes
        claim.put(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F}); // of which there are 2^31 - 1
        assertUnreadable(claim.array());
    }

    @Test
    void registryThatDoesNotAnswerIsNamed() {
        assertThatThrownBy(() -> new EventSerdes("http://localhost:1").requireRegistry())
                .isInstanceOf(RegistryUnreachableException.class)
                .hasMessageStartingWith("no schema registry answers at http://localhost:1: ");
    }

    @Test
    void registryThatAnswersIsFine() {
        serdes.requireRegistry();
    }

    private void assertUnreadable(byte[] bytes) {
        Exception failure = catchException(() -> imageEvents.deserializer().deserialize(TOPIC, bytes));
        assertThat(failure).isNotNull();
        assertThat(EventSerdes.isUnreadable(failure)).as("%s", failure).isTrue();
    }

    private ImageEvent roundTrip(ImageEvent event) {
        byte[] bytes = imageEvents.serializer().serialize(TOPIC, event);
        return imageEvents.deserializer().deserialize(TOPIC, bytes);
    }

    private static TranslatedImage translatedImage() {
        Provenance provenance = Provenance.newBuilder()
                .setCheckpointSha256("cd".repeat(32))
                .setCheckpointName("a-to-b.onnx")
                .setTrainingRun("run")
                .setEpoch(3L)
                .setDevice("cpu")
                .setSourceTopic("images.a")
                .setSourceTopicId("o8Z1r2zqR0-DPIqZQJ0x_w")
                .setSourcePartition(1)
                .setSourceOffset(99)
                .setSourceTimestamp(Instant.ofEpochMilli(5))
                .setInputSha256("12".repeat(32))
                .setOutputSha256("34".repeat(32))
                .setApplicationVersion("1")
                .build();
        return TranslatedImage.newBuilder()
                .setImageId("cats/1.png")
                .setDirection(Direction.A_TO_B)
                .setContentType("image/png")
                .setWidth(3)
                .setHeight(1)
                .setImage(ByteBuffer.wrap(new byte[] {9}))
                .setAttributes(Map.of("camera", "x"))
                .setProvenance(provenance)
                .build();
    }
}
