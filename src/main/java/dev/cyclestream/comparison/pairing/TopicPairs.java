package dev.cyclestream.comparison.pairing;

import dev.cyclestream.event.Direction;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.TopicRecord;
import dev.cyclestream.topic.TopicRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The pairs of two topics, joined on the source offset. Takes over the topics. */
public final class TopicPairs implements PairSource {

    private final Both<TopicRecords> topics;
    private final Both<TopicIndex> indices;
    private final Inputs inputs;
    private final ImageStores stores;
    private final Replays replays;
    private final LeftOut leftOut = new LeftOut();

    /**
     * Takes topics that were read once.
     *
     * @throws IllegalArgumentException if they hold translations of different directions
     */
    public TopicPairs(
            Both<TopicRecords> topics, Both<TopicIndex> indices, Inputs inputs, ImageStores stores, Replays replays) {
        this.topics = topics;
        this.indices = indices;
        this.inputs = inputs;
        this.stores = stores;
        this.replays = replays;
        Both<Optional<Direction>> directions = indices.map(TopicIndex::direction);
        if (directions.ofOld().isPresent()
                && directions.ofNew().isPresent()
                && !directions.ofOld().equals(directions.ofNew())) {
            throw new IllegalArgumentException("%s, %s: expected translations of one direction, found %s and %s"
                    .formatted(
                            topics.ofOld().topic(),
                            topics.ofNew().topic(),
                            directions.ofOld().get(),
                            directions.ofNew().get()));
        }
    }

    @Override
    public long expected() {
        return sources().stream().mapToLong(source -> join(source).pairs()).sum();
    }

    private SortedSet<SourcePartition> sources() {
        SortedSet<SourcePartition> all = new TreeSet<>(indices.ofOld().sources());
        all.addAll(indices.ofNew().sources());
        return all;
    }

    private OffsetJoin join(SourcePartition source) {
        return new OffsetJoin(indices.map(index -> index.of(source)));
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        try {
            for (SourcePartition source : sources()) {
                join(source).run(new Fetching(source, visitor));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Fetches what belongs together. */
    private final class Fetching implements OffsetJoin.Visitor {
        private final SourcePartition source;
        private final Visitor visitor;
        private final Both<OffsetIndex> found;

        Fetching(SourcePartition source, Visitor visitor) {
            this.source = source;
            this.visitor = visitor;
            this.found = indices.map(index -> index.of(source));
        }

        @Override
        public void pair(int oldIndex, int newIndex) {
            SourcePosition position = new SourcePosition(source, found.ofOld().source(oldIndex));
            Optional<TopicRecord> old = fetch(topics.ofOld(), found.ofOld(), oldIndex);
            Optional<TopicRecord> newer = fetch(topics.ofNew(), found.ofNew(), newIndex);
            if (old.isEmpty() || newer.isEmpty()) {
                leftOut.add(LeftOut.Kind.GONE, position);
                return;
            }
            TranslatedImage oldImage = translated(old.get(), position);
            TranslatedImage newImage = translated(newer.get(), position);
            if (!oldImage.getProvenance()
                    .getInputSha256()
                    .equals(newImage.getProvenance().getInputSha256())) {
                leftOut.add(LeftOut.Kind.DIFFERENT_INPUTS, position);
                return;
            }
            Both<Pair.Image> outputs = new Both<>(image(old.get()), image(newer.get()));
            try {
                visitor.accept(new Pair(newImage.getImageId(), position, inputs.at(position), outputs));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Optional<TopicRecord> fetch(TopicRecords topic, OffsetIndex index, int at) {
            return topic.at(index.partition(at), index.offset(at));
        }

        @Override
        public void single(LeftOut.Kind kind, long offset) {
            leftOut.add(kind, new SourcePosition(source, offset));
        }
    }

    private Pair.Image image(TopicRecord record) {
        return new Pair.Image(
                () -> record.image(stores).toBytes(), record.translated().map(TranslatedImage::getProvenance));
    }

    /** The record says itself what it belongs to; it is believed, and nothing else. */
    private static TranslatedImage translated(TopicRecord record, SourcePosition expected) {
        TranslatedImage image = record.translated()
                .orElseThrow(() -> new IllegalStateException("%s: expected a translated image".formatted(expected)));
        SourcePosition found = SourcePosition.of(image.getProvenance());
        if (!found.isSameOffset(expected)) {
            throw new IllegalStateException("expected a translation of %s, found one of %s".formatted(expected, found));
        }
        return image;
    }

    @Override
    public LeftOut leftOut() {
        return leftOut;
    }

    @Override
    public Optional<Direction> direction() {
        return indices.ofOld().direction().or(() -> indices.ofNew().direction());
    }

    @Override
    public Both<SideSummary> sides() {
        return new Both<>(
                SideSummary.of(topics.ofOld().topic(), indices.ofOld(), replays),
                SideSummary.of(topics.ofNew().topic(), indices.ofNew(), replays));
    }

    @Override
    public void close() {
        topics.ofOld().close();
        topics.ofNew().close();
        inputs.close();
    }
}
