package dev.cyclestream.stream;

import dev.cyclestream.deadletter.Attempts;
import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.FailureKind;
import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.rollout.live.ResultListener;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.client.BoundedRun;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The parts that all processors of an instance share.
 *
 * @param imageEvents reads events
 * @param translatedImages writes results
 * @param limits of the output topics
 * @param stores images that are not in records
 * @param replay that the images are translated for; empty where they are translated as they come
 * @param books of the inputs
 * @param takeovers what ended the process before
 * @param attempts of inputs that fail for no reason that is known
 * @param inHand what each thread is at
 * @param listener is told of results
 */
record ProcessorParts(
        Deserializer<ImageEvent> imageEvents,
        Serializer<TranslatedImage> translatedImages,
        OutputLimits limits,
        ImageStores stores,
        Optional<BoundedRun> replay,
        Books books,
        Takeovers takeovers,
        Attempts attempts,
        InHand inHand,
        ResultListener listener) {
    ProcessorParts(
            EventSerdes serdes,
            OutputLimits limits,
            ImageStores stores,
            Optional<BoundedRun> replay,
            Books books,
            InHand inHand,
            ResultListener listener) {
        this(
                serdes.imageEvents().deserializer(),
                serdes.translatedImages().serializer(),
                limits,
                stores,
                replay,
                books,
                new Takeovers(books.failed().known()),
                new Attempts(failure -> books.progress().retried(FailureKind.retryCause(failure))),
                inHand,
                listener);
    }
}
