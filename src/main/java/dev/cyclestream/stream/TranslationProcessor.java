package dev.cyclestream.stream;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.CheckpointMetadata;
import dev.cyclestream.checkpoint.CheckpointMetadata.Training;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.image.ImageDecoder;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.storage.ImageStores;
import java.net.URI;
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
    private final ImageStores stores;
    private final int maxImageBytes;
    private final Optional<BoundedRun> replay;

    /**
     * @param maxImageBytes largest encoded image that the output topic takes
     * @param replay that the images are translated for; empty where they are translated as they come
     */
    TranslationProcessor(
            ImageTranslator translator, ImageStores stores, int maxImageBytes, Optional<BoundedRun> replay) {
        this.translator = translator;
        this.stores = stores;
        this.maxImageBytes = maxImageBytes;
        this.replay = replay;
    }

    @Override
    public void process(Record<byte[], ImageEvent> record) {
        replay.ifPresent(run -> run.pace().awaitTurn());
        ImageEvent event = record.value();
        byte[] input = imageBytes(event);
        EncodedImage output = translator.translate(input);
        String sha256 = DigestUtils.sha256Hex(output.toBytes());
        Optional<URI> stored = stores.writeIfLarge(
                output.toBytes(),
                sha256,
                output.format().contentType(),
                output.format().extension());
        if (stored.isEmpty() && output.size() > maxImageBytes) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.RESULT_TOO_LARGE,
                    "the translated image has %d bytes, the output topic takes %d; raise its max.message.bytes, or set --store-results"
                            .formatted(output.size(), maxImageBytes));
        }
        Object image = stored.isPresent()
                ? new ImageReference(stored.get().toString(), (long) output.size(), sha256)
                : output.bytes();
        Provenance provenance = provenance(record, input, sha256);
        context().forward(record.withValue(translatedImage(event, output, image, provenance)));
    }

    private byte[] imageBytes(ImageEvent event) {
        if (event == null) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.NO_EVENT, "expected an image event, found a record without a value");
        }
        if (event.getImage() instanceof ImageReference reference) {
            return stores.read(reference.getUri(), reference.getSize(), reference.getSha256());
        }
        ByteBuffer image = ((ByteBuffer) event.getImage()).duplicate();
        byte[] bytes = new byte[image.remaining()];
        image.get(bytes);
        return bytes;
    }

    /** What is at fault is the sender, not the image: it is translated as what it is. */
    private static Optional<String> wrongContentType(ImageEvent event, byte[] input) {
        String right = ImageDecoder.formatOf(input).contentType();
        return Optional.of(event.getContentType()).filter(given -> !given.equalsIgnoreCase(right));
    }

    private TranslatedImage translatedImage(
            ImageEvent event, EncodedImage output, Object image, Provenance provenance) {
        return TranslatedImage.newBuilder()
                .setImageId(event.getImageId())
                .setDirection(translator.direction())
                .setContentType(output.format().contentType())
                .setWidth(output.width())
                .setHeight(output.height())
                .setImage(image)
                .setProvenance(provenance)
                .build();
    }

    private Provenance provenance(Record<byte[], ImageEvent> record, byte[] input, String outputSha256) {
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
                .setWrongContentType(wrongContentType(record.value(), input).orElse(null))
                .setOutputSha256(outputSha256)
                .setApplicationVersion(ApplicationVersion.current())
                .setReplay(replay.map(BoundedRun::name).orElse(null))
                .build();
    }
}
