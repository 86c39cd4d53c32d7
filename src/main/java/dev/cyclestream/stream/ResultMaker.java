package dev.cyclestream.stream;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.CheckpointMetadata;
import dev.cyclestream.checkpoint.CheckpointMetadata.Training;
import dev.cyclestream.checkpoint.Maker;
import dev.cyclestream.deadletter.EventRejectedException;
import dev.cyclestream.event.Direction;
import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.image.EncodedImage;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.Translation;
import dev.cyclestream.kafka.MissingTopicException;
import dev.cyclestream.kafka.TopicLimits;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.Role;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.live.Chosen;
import dev.cyclestream.stream.client.BoundedRun;
import dev.cyclestream.topic.InputPosition;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the results of one record. Several attempts may be made, and nothing is sent here. */
final class ResultMaker {

    private static final Logger LOGGER = LoggerFactory.getLogger(ResultMaker.class);

    private final Route route;
    private final ProcessorParts parts;
    private final TopicLimits limits;

    /** Chooses the translators of a record. */
    @FunctionalInterface
    interface Chooser {
        Chosen choose(long offset, byte[] key);
    }

    /** A record that was read. */
    private record Source(Record<byte[], byte[]> record, InputPosition position, ImageEvent event) {}

    ResultMaker(Route route, ProcessorParts parts) {
        this.route = route;
        this.parts = parts;
        this.limits = parts.limits().of(route.outputTopic());
    }

    /**
     * Makes the results of a record: the translated image first, then, as the choice says, the one for the shadow topic and the
     * activation. Everything that can fail for one input and not for the next one is done here: nothing is sent before it is
     * known that it can be.
     */
    List<Record<byte[], Result>> make(Record<byte[], byte[]> record, InputPosition source, Chooser chooser) {
        requireKeyAndTimestamp(limits, route.outputTopic(), record);
        ImageEvent event = event(record.value(), source.topic());
        byte[] input = imageBytes(event);
        byte[] key = record.key() == null ? event.getImageId().getBytes(StandardCharsets.UTF_8) : record.key();
        Chosen chosen = chooser.choose(source.offset(), key);
        Source from = new Source(record, source, event);
        List<Record<byte[], Result>> results = new ArrayList<>();
        byte[] translated = parts.takeovers()
                .watch(source, () -> translated(from, input, chosen.translator(), chosen.split(), chosen.role()));
        requireSize(limits, route.outputTopic(), record, translated);
        results.add(record.withValue(new Result(route.outputTopic(), translated, source.partition())));
        chosen.shadow().flatMap(shadow -> shadow(from, input, shadow, chosen)).ifPresent(results::add);
        chosen.activation().map(activation -> activation(activation, record)).ifPresent(results::add);
        return results;
    }

    private byte[] translated(Source from, byte[] input, ImageTranslator translator, Optional<Split> split, Role role) {
        Translation translation = translator.translation(input);
        EncodedImage output = translation.result();
        parts.listener().made(maker(translator, role), from.position(), translation);
        String sha256 = DigestUtils.sha256Hex(output.toBytes());
        Object image = recordedOrStored(output, sha256);
        Provenance provenance = provenance(
                        translator, from.position(), from.record().timestamp(), sha256)
                .setInputSha256(DigestUtils.sha256Hex(input))
                .setWrongContentType(wrongContentType(from.event(), input).orElse(null))
                .setSplit(split.map(Split::number).orElse(null))
                .setRole(split.map(holding -> role.toString()).orElse(null))
                .build();
        return parts.translatedImages()
                .serialize(
                        route.outputTopic(),
                        translatedImage(translator.direction(), from.event(), output, image, provenance));
    }

    /** A shadow that fails is counted, and nothing else comes of it. */
    private Optional<Record<byte[], Result>> shadow(Source from, byte[] input, ImageTranslator shadow, Chosen chosen) {
        try {
            String topic = route.shadowTopic();
            TopicLimits limitsOfShadows = route.translators()
                    .shadowLimits(route.outputTopic())
                    .orElseThrow(() -> new MissingTopicException(topic));
            requireKeyAndTimestamp(limitsOfShadows, topic, from.record());
            byte[] result = translated(from, input, shadow, chosen.split(), Role.SHADOW);
            requireSize(limitsOfShadows, topic, from.record(), result);
            return Optional.of(from.record()
                    .withValue(new Result(topic, result, from.position().partition())));
        } catch (RuntimeException | VirtualMachineError e) {
            LOGGER.debug("{}: the shadow failed", from.position(), e);
            parts.listener().shadowFailed(maker(shadow, Role.SHADOW));
            return Optional.empty();
        }
    }

    /** The maker of what this translator translates in this part. */
    static Maker maker(ImageTranslator translator, Role role) {
        Checkpoint checkpoint = translator.checkpoint();
        return new Maker(translator.direction(), checkpoint.sha256(), checkpoint.name(), role.toString());
    }

    private Record<byte[], Result> activation(Activation activation, Record<byte[], byte[]> record) {
        return new Record<>(
                activation.key(),
                new Result(route.translators().activationsTopic(), activation.value(), activation.partition()),
                record.timestamp());
    }

    /** The encoded image itself, or where it is. */
    private Object recordedOrStored(EncodedImage output, String sha256) {
        Optional<URI> stored = parts.stores()
                .writeIfLarge(
                        output.toBytes(),
                        sha256,
                        output.format().contentType(),
                        output.format().extension());
        return stored.isPresent()
                ? new ImageReference(stored.get().toString(), (long) output.size(), sha256)
                : output.bytes();
    }

    private static void requireKeyAndTimestamp(TopicLimits limits, String topic, Record<byte[], byte[]> record) {
        if (record.timestamp() == AnyTimestamp.NEGATIVE || !limits.takes(record.timestamp())) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.UNACCEPTABLE_TIMESTAMP,
                    record.timestamp() == AnyTimestamp.NEGATIVE
                            ? "expected a timestamp of 1970 or later, found a negative one"
                            : "%s takes no record of %d ms after 1970, by its message.timestamp.before.max.ms and message.timestamp.after.max.ms"
                                    .formatted(topic, record.timestamp()));
        }
        if (record.key() == null && limits.needsKeys()) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.NO_KEY,
                    "%s is compacted: expected a record with a key, found none".formatted(topic));
        }
    }

    private static void requireSize(TopicLimits limits, String topic, Record<byte[], byte[]> record, byte[] result) {
        if (!limits.takes(record.key(), result, record.headers())) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.RESULT_TOO_LARGE,
                    "the translated image with the input's key, headers and attributes has up to %d bytes, %s takes %d; raise its max.message.bytes, or set --store-results"
                            .formatted(
                                    TopicLimits.size(record.key(), result, record.headers()),
                                    topic,
                                    limits.maxRecordBytes()));
        }
    }

    private ImageEvent event(byte[] value, String topic) {
        try {
            return parts.imageEvents().deserialize(topic, value);
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
            return parts.stores().read(reference.getUri(), reference.getSize(), reference.getSha256());
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

    private static TranslatedImage translatedImage(
            Direction direction, ImageEvent event, EncodedImage output, Object image, Provenance provenance) {
        return TranslatedImage.newBuilder()
                .setImageId(event.getImageId())
                .setDirection(direction)
                .setContentType(output.format().contentType())
                .setWidth(output.width())
                .setHeight(output.height())
                .setImage(image)
                .setAttributes(event.getAttributes())
                .setProvenance(provenance)
                .build();
    }

    private Provenance.Builder provenance(
            ImageTranslator translator, InputPosition source, long timestamp, String outputSha256) {
        Checkpoint checkpoint = translator.checkpoint();
        Optional<Training> training = checkpoint.metadata().map(CheckpointMetadata::training);
        return Provenance.newBuilder()
                .setCheckpointSha256(checkpoint.sha256())
                .setCheckpointName(checkpoint.name())
                .setTrainingRun(training.map(Training::runId).orElse(null))
                .setEpoch(training.map(Training::epoch).orElse(null))
                .setDevice(translator.device())
                .setSourceTopic(source.topic())
                .setSourceTopicId(parts.books().ids().of(source.topic()).orElse(null))
                .setSourcePartition(source.partition())
                .setSourceOffset(source.offset())
                .setSourceTimestamp(Instant.ofEpochMilli(timestamp))
                .setOutputSha256(outputSha256)
                .setApplicationVersion(ApplicationVersion.current())
                .setReplay(parts.replay().map(BoundedRun::name).orElse(null));
    }
}
