package dev.cyclestream.stream;

import dev.cyclestream.rollout.live.Chosen;
import dev.cyclestream.rollout.live.PartitionTranslators;
import dev.cyclestream.topic.InputPosition;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Translates one image event at a time. It blocks until the image is done: what a processor holds back when it returns
 * would be lost in a crash, since its offset counts as consumed.
 */
final class TranslationProcessor extends ContextualProcessor<byte[], byte[], byte[], Result> {

    private final Route route;
    private final ProcessorParts parts;
    private final ResultMaker maker;
    private Optional<PartitionTranslators> partition = Optional.empty();
    private Optional<Chosen> chosen = Optional.empty();

    TranslationProcessor(Route route, ProcessorParts parts) {
        this.route = route;
        this.parts = parts;
        this.maker = new ResultMaker(route, parts);
    }

    @Override
    public void init(ProcessorContext<byte[], Result> context) {
        super.init(context);
        leave();
    }

    @Override
    public void close() {
        leave();
    }

    private void leave() {
        partition.ifPresent(PartitionTranslators::close);
        partition = Optional.empty();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        parts.replay().ifPresent(run -> run.pace().awaitTurn());
        RecordMetadata source = context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("an image event comes from a topic"));
        InputPosition input = new InputPosition(source.topic(), source.partition(), source.offset());
        if (partition.isEmpty()) {
            parts.takeovers().begin(input);
            partition = Optional.of(translators(input));
        }
        parts.inHand().begin(route);
        boolean watched = parts.takeovers().isWatched(input);
        if (watched || parts.books().failed().isCareful()) {
            context().commit();
        }
        parts.books().failed().begin(input);
        try {
            translate(record, input, watched);
        } finally {
            release();
        }
    }

    private PartitionTranslators translators(InputPosition input) {
        return route.translators()
                .of(
                        route.translator().direction(),
                        new TopicPartition(input.topic(), input.partition()),
                        parts.books().ids().of(input.topic()).orElse(""));
    }

    private void translate(Record<byte[], byte[]> record, InputPosition input, boolean watched) {
        List<Record<byte[], Result>> results = parts.attempts()
                .make(
                        input.toString(),
                        watched,
                        () -> maker.make(record, input, (offset, key) -> choose(input, key)),
                        () -> chosen.map(Chosen::translator)
                                .orElse(route.translator())
                                .requireRunning());
        parts.books().failed().result();
        results.forEach(context()::forward);
        parts.inHand().translated();
        chosen.flatMap(Chosen::activation).ifPresent(partition.orElseThrow()::activated);
    }

    /** Chooses for this attempt; what was chosen for the one before is given back. */
    private Chosen choose(InputPosition input, byte[] key) {
        release();
        Chosen now = partition.orElseThrow().choose(input.offset(), key);
        chosen = Optional.of(now);
        parts.inHand().chosen(now.translator());
        parts.books()
                .progress()
                .chosen(
                        new TopicPartition(input.topic(), input.partition()),
                        input.offset(),
                        ResultMaker.maker(now.translator(), now.role()));
        return now;
    }

    private void release() {
        chosen.ifPresent(Chosen::close);
        chosen = Optional.empty();
    }
}
