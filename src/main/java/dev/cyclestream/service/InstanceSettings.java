package dev.cyclestream.service;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.inference.InferenceSettings;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.storage.FileFetch;
import dev.cyclestream.storage.ImageStores;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The settings of an instance, whether it translates images as they come or replays them.
 *
 * @param stores opens the stores of images that are not in records; whoever asks closes them
 * @param fetch brings checkpoints that are elsewhere
 * @param codec reads and writes images
 * @param inference how generators run
 * @param tuning wishes for threads, commits and limits
 * @param registryWait how long a start waits for the registry; empty waits without end
 * @param operations address for health and metrics; empty if nobody may ask
 */
public record InstanceSettings(
        KafkaConnection connection,
        Supplier<ImageStores> stores,
        FileFetch fetch,
        ImageCodec codec,
        InferenceSettings inference,
        Tuning tuning,
        Optional<Duration> registryWait,
        Optional<InetSocketAddress> operations) {

    /** Loads a checkpoint; see {@link ImageTranslator#load(Checkpoint, ImageCodec, InferenceSettings, TranslationMetrics)}. */
    ImageTranslator load(Checkpoint checkpoint, TranslationMetrics metrics) {
        return ImageTranslator.load(checkpoint, codec, inference, metrics);
    }
}
