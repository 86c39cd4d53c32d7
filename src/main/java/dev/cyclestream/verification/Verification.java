package dev.cyclestream.verification;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.replay.PartitionRange;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.PassedOver;
import dev.cyclestream.topic.TopicRecord;
import dev.cyclestream.topic.TopicRecords;
import dev.cyclestream.verification.Verdict.Obstacle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes the outputs of a topic again from their provenance, on the CPU and on all cores, and says which of them differ. A few
 * outputs and their inputs are in memory at a time.
 */
public final class Verification implements AutoCloseable {

    private static final int BATCH = 64;

    private static final String CPU = "cpu";

    private static final Comparator<ClaimedOutput> BY_SOURCE = Comparator.<ClaimedOutput, String>comparing(
                    output -> output.source().topic())
            .thenComparing(output -> output.source().partition())
            .thenComparing(output -> output.source().offset());

    private final TopicRecords outputs;
    private final SourceImages inputs;
    private final KnownCheckpoints checkpoints;
    private final ImageStores stores;
    private final Watcher watcher;
    private final Tally tally = new Tally();

    /** A part of the outputs, drawn at random; with the same seed the same one. */
    public record Sample(double share, long seed) {

        Random random(int partition) {
            return new Random(seed + partition);
        }
    }

    /** Follows the work. */
    public interface Watcher {

        /** This one differs. */
        void differs(ClaimedOutput output, Verdict.Different difference);

        /** So many offsets of the ranges are done. */
        void stepTo(long offsets);

        /** True if it is time to end. */
        boolean isTold();
    }

    /**
     * Connects to a topic that exists.
     *
     * @param checkpoints that may have made outputs; who gives them closes them
     * @param stores of images that are not in records
     */
    public Verification(
            KafkaConnection connection,
            String topic,
            KnownCheckpoints checkpoints,
            ImageStores stores,
            Watcher watcher) {
        this.outputs = new TopicRecords(connection, topic);
        this.inputs = new SourceImages(connection, stores);
        this.checkpoints = checkpoints;
        this.stores = stores;
        this.watcher = watcher;
    }

    /** Checks the outputs of some ranges of the topic, or a sample of them, until all are checked or it is told to end. */
    public Tally run(List<PartitionRange> ranges, Sample sample) {
        long before = 0;
        for (PartitionRange range : ranges) {
            read(range, sample, before);
            before += range.length();
        }
        return tally;
    }

    private void read(PartitionRange range, Sample sample, long before) {
        Random random = sample.random(range.partition());
        List<ClaimedOutput> batch = new ArrayList<>();
        outputs.scan(range.partition(), range.from(), range.to(), watcher::isTold, record -> {
            if (random.nextDouble() < sample.share()) {
                claimed(record, batch);
            }
            if (batch.size() == BATCH) {
                check(batch);
                watcher.stepTo(before + record.offset() + 1 - range.from());
            }
        });
        check(batch);
        if (!watcher.isTold()) {
            watcher.stepTo(before + range.length());
        }
    }

    private void claimed(TopicRecord record, List<ClaimedOutput> batch) {
        record.translated()
                .map(image -> new ClaimedOutput(outputs.topic(), record.partition(), record.offset(), image))
                .ifPresentOrElse(
                        batch::add,
                        () -> outputs.passedOver()
                                .add(
                                        record.partition(),
                                        record.offset(),
                                        "expected a translated image, found an image event"));
    }

    /** Inputs are looked up in the order of their offsets, the images are made on all cores, and told of in their own order. */
    private void check(List<ClaimedOutput> batch) {
        List<ClaimedOutput> bySource = new ArrayList<>(batch);
        bySource.sort(BY_SOURCE);
        batch.clear();
        List<RemadeOutput> makeable = new ArrayList<>();
        for (ClaimedOutput output : bySource) {
            try {
                makeable.add(prepare(output));
            } catch (UncheckableException e) {
                tally.add(new Verdict.NotChecked(e.obstacle()));
            }
        }
        List<Verdict> verdicts =
                makeable.parallelStream().map(output -> output.verdict(stores)).toList();
        IntStream.range(0, verdicts.size()).forEach(index -> {
            Verdict verdict = verdicts.get(index);
            tally.add(verdict);
            if (verdict instanceof Verdict.Different difference) {
                watcher.differs(makeable.get(index).output(), difference);
            }
        });
        checkpoints.closeUnused();
    }

    private RemadeOutput prepare(ClaimedOutput output) throws UncheckableException {
        if (!output.provenance().getDevice().equals(CPU)) {
            throw new UncheckableException(Obstacle.OTHER_DEVICE);
        }
        CollectedImage input = inputs.of(output);
        return new RemadeOutput(output, input, checkpoints.translator(output));
    }

    /** Records of the topic that hold no translated image. */
    public PassedOver passedOver() {
        return outputs.passedOver();
    }

    @Override
    public void close() {
        inputs.close();
        outputs.close();
    }
}
