package dev.cyclestream.stream;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.CheckpointMetadata;
import dev.cyclestream.checkpoint.CheckpointMetadata.Training;
import dev.cyclestream.deadletter.Attempts;
import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.EventRejectedException;
import dev.cyclestream.deadletter.FailureKind;
import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.kafka.TopicLimits;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.InputPosition;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Translates one image event at a time. It blocks until the image is done: what a processor holds back when it returns
 * would be lost in a crash, since its offset counts as consumed.
 */
final class TranslationProcessor extends ContextualProcessor<byte[], byte[], byte[], Result> {

    private final ImageTranslator translator;
    private final String outputTopic;
    private final Collaborators collaborators;
    private final TopicLimits limits;
    private boolean begun;

    /**
     * The collaborators that all processors of an instance share.
     *
     * @param imageEvents reads events
     * @param translatedImages writes results
     * @param limits of the output topics
     * @param stores images that are not in records
     * @param replay that the images are translated for; empty where they are translated as they come
     * @param books of the inputs
     * @param takeovers what ended the process before
     * @param attempts of inputs that fail for no reason that is known
     */
    record Collaborators(
            Deserializer<ImageEvent> imageEvents,
            Serializer<TranslatedImage> translatedImages,
            OutputLimits limits,
            ImageStores stores,
            Optional<BoundedRun> replay,
            Books books,
            Takeovers takeovers,
            Attempts attempts) {
        Collaborators(
                EventSerdes serdes, OutputLimits limits, ImageStores stores, Optional<BoundedRun> replay, Books books) {
            this(
                    serdes.imageEvents().deserializer(),
                    serdes.translatedImages().serializer(),
                    limits,
                    stores,
                    replay,
                    books,
                    new Takeovers(books.failed().known()),
                    new Attempts(failure -> books.progress().retried(FailureKind.retryCause(failure))));
        }
    }

    TranslationProcessor(Route route, Collaborators collaborators) {
        this.translator = route.translator();
        this.outputTopic = route.outputTopic();
        this.collaborators = collaborators;
        this.limits = collaborators.limits().of(outputTopic);
    }

    @Override
    public void init(ProcessorContext<byte[], Result> context) {
        super.init(context);
        begun = false;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        collaborators.replay().ifPresent(run -> run.pace().awaitTurn());
        RecordMetadata source = context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("an image event comes from a topic"));
        InputPosition input = new InputPosition(source.topic(), source.partition(), source.offset());
        if (!begun) {
            collaborators.takeovers().begin(input);
            begun = true;
        }
        boolean watched = collaborators.takeovers().isWatched(input);
        if (watched || collaborators.books().failed().isCareful()) {
            context().commit();
        }
        collaborators.books().failed().begin(input);
        byte[] result = collaborators
                .attempts()
                .make(input.toString(), watched, () -> result(record, input), translator::requireRunning);
        collaborators.books().failed().result();
        context().forward(record.withValue(new Result(result, input.partition())));
    }

    /** Everything that can fail for one input and not for the next one: nothing is sent before it is known that it can be. */
    private byte[] result(Record<byte[], byte[]> record, InputPosition source) {
        requireTimestamp(record.timestamp());
        if (record.key() == null && limits.needsKeys()) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.NO_KEY,
                    "%s is compacted: expected a record with a key, found none".formatted(outputTopic));
        }
        ImageEvent event = event(record.value(), source.topic());
        byte[] input = imageBytes(event);
        EncodedImage output = collaborators.takeovers().watch(source, () -> translator.translate(input));
        String sha256 = DigestUtils.sha256Hex(output.toBytes());
        Object image = recordedOrStored(output, sha256);
        Provenance provenance = provenance(source, record.timestamp(), sha256)
                .setInputSha256(DigestUtils.sha256Hex(input))
                .setWrongContentType(wrongContentType(event, input).orElse(null))
                .build();
        byte[] result = collaborators
                .translatedImages()
                .serialize(outputTopic, translatedImage(event, output, image, provenance));
        requireSize(record.key(), result, record.headers());
        return result;
    }

    /** The encoded image itself, or where it is. */
    private Object recordedOrStored(EncodedImage output, String sha256) {
        Optional<URI> stored = collaborators
                .stores()
                .writeIfLarge(
                        output.toBytes(),
                        sha256,
                        output.format().contentType(),
                        output.format().extension());
        return stored.isPresent()
                ? new ImageReference(stored.get().toString(), (long) output.size(), sha256)
                : output.bytes();
    }

    private void requireTimestamp(long timestamp) {
        if (timestamp == AnyTimestamp.NEGATIVE || !limits.takes(timestamp)) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.UNACCEPTABLE_TIMESTAMP,
                    timestamp == AnyTimestamp.NEGATIVE
                            ? "expected a timestamp of 1970 or later, found a negative one"
                            : "%s takes no record of %d ms after 1970, by its message.timestamp.before.max.ms and message.timestamp.after.max.ms"
                                    .formatted(outputTopic, timestamp));
        }
    }

    private void requireSize(byte[] key, byte[] result, Headers headers) {
        if (!limits.takes(key, result, headers)) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.RESULT_TOO_LARGE,
                    "the translated image with the input's key, headers and attributes has up to %d bytes, %s takes %d; raise its max.message.bytes, or set --store-results"
                            .formatted(TopicLimits.size(key, result, headers), outputTopic, limits.maxRecordBytes()));
        }
    }

    private ImageEvent event(byte[] value, String topic) {
        try {
            return collaborators.imageEvents().deserialize(topic, value);
        } catch (RuntimeException e) {
            if (!EventSerdes.isUnreadable(e)) {
                throw e;
            }
            throw new EventRejectedException(
                    EventRejectedException.Reason.UNREADABLE_EVENT, EventSerdes.describe(e), e);
        }
    }

    private byte[] imageBytes(ImageEvent event) {
        if (event == null) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.NO_EVENT, "expected an image event, found a record without a value");
        }
        if (event.getImage() instanceof ImageReference reference) {
            return collaborators.stores().read(reference.getUri(), reference.getSize(), reference.getSha256());
        }
        ByteBuffer image = ((ByteBuffer) event.getImage()).duplicate();
        byte[] bytes = new byte[image.remaining()];
        image.get(bytes);
        return bytes;
    }

    /** The fault is the sender's, not the image's: it is translated as what it is. */
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
                .setAttributes(event.getAttributes())
                .setProvenance(provenance)
                .build();
    }

    private Provenance.Builder provenance(InputPosition source, long timestamp, String outputSha256) {
        Checkpoint checkpoint = translator.checkpoint();
        Optional<Training> training = checkpoint.metadata().map(CheckpointMetadata::training);
        return Provenance.newBuilder()
                .setCheckpointSha256(checkpoint.sha256())
                .setCheckpointName(checkpoint.name())
                .setTrainingRun(training.map(Training::runId).orElse(null))
                .setEpoch(training.map(Training::epoch).orElse(null))
                .setDevice(translator.device())
                .setSourceTopic(source.topic())
                .setSourceTopicId(collaborators.books().ids().of(source.topic()).orElse(null))
                .setSourcePartition(source.partition())
                .setSourceOffset(source.offset())
                .setSourceTimestamp(Instant.ofEpochMilli(timestamp))
                .setOutputSha256(outputSha256)
                .setApplicationVersion(ApplicationVersion.current())
                .setReplay(collaborators.replay().map(BoundedRun::name).orElse(null));
    }
}
