package dev.cyclestream.stream;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.CheckpointMetadata;
import dev.cyclestream.checkpoint.CheckpointMetadata.Training;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.inference.ImageTranslator;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Translates one image event at a time. It blocks until the image is done: what a processor holds back when it returns
 * would be lost in a crash, since its offset counts as consumed.
 */
final class TranslationProcessor extends ContextualProcessor<byte[], ImageEvent, byte[], TranslatedImage> {

    private final ImageTranslator translator;
    private final int maxImageBytes;

    /** @param maxImageBytes largest encoded image that the output topic takes */
    TranslationProcessor(ImageTranslator translator, int maxImageBytes) {
        this.translator = translator;
        this.maxImageBytes = maxImageBytes;
    }

    @Override
    public void process(Record<byte[], ImageEvent> record) {
        ImageEvent event = record.value();
        byte[] input = imageBytes(event);
        EncodedImage output = translator.translate(input);
        if (output.size() > maxImageBytes) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.RESULT_TOO_LARGE,
                    "the translated image has %d bytes, the output topic takes %d; raise its max.message.bytes"
                            .formatted(output.size(), maxImageBytes));
        }
        context().forward(record.withValue(translatedImage(event, output, provenance(record, input, output))));
    }

    private static byte[] imageBytes(ImageEvent event) {
        if (event == null) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.NO_EVENT, "expected an image event, found a record without a value");
        }
        if (event.getImage() instanceof ImageReference reference) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.UNSUPPORTED_REFERENCE,
                    "expected the image in the event, found a reference to " + reference.getUri());
        }
        ByteBuffer image = ((ByteBuffer) event.getImage()).duplicate();
        byte[] bytes = new byte[image.remaining()];
        image.get(bytes);
        return bytes;
    }

    private TranslatedImage translatedImage(ImageEvent event, EncodedImage output, Provenance provenance) {
        return TranslatedImage.newBuilder()
                .setImageId(event.getImageId())
                .setDirection(translator.direction())
                .setContentType(output.format().contentType())
                .setWidth(output.width())
                .setHeight(output.height())
                .setImage(output.bytes())
                .setProvenance(provenance)
                .build();
    }

    private Provenance provenance(Record<byte[], ImageEvent> record, byte[] input, EncodedImage output) {
        RecordMetadata source = context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("an image event comes from a topic"));
        Checkpoint checkpoint = translator.checkpoint();
        Optional<Training> training = checkpoint.metadata().map(CheckpointMetadata::training);
        return Provenance.newBuilder()
                .setCheckpointSha256(checkpoint.sha256())
                .setCheckpointName(checkpoint.name())
                .setTrainingRun(training.map(Training::runId).orElse(null))
                .setEpoch(training.map(Training::epoch).orElse(null))
                .setDevice(translator.device())
                .setSourceTopic(source.topic())
                .setSourcePartition(source.partition())
                .setSourceOffset(source.offset())
                .setSourceTimestamp(Instant.ofEpochMilli(record.timestamp()))
                .setInputSha256(DigestUtils.sha256Hex(input))
                .setOutputSha256(DigestUtils.sha256Hex(output.toBytes()))
                .setApplicationVersion(ApplicationVersion.current())
                .build();
    }
}
