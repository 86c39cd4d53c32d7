package dev.cyclestream.demo.rollout;

import dev.cyclestream.event.Direction;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.Announcement;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.Split.Candidate;
import dev.cyclestream.topic.CollectedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A roll-out of two splits, a trial for half of the keys with the shadow and a promotion, and images as made by it. */
final class MadeImages {

    static final NamedCheckpoint OLD = new NamedCheckpoint("a".repeat(64), "old.onnx", "file:/old.onnx");
    static final NamedCheckpoint NEW = new NamedCheckpoint("b".repeat(64), "new.onnx", "file:/new.onnx");
    static final Instant ANNOUNCED = Instant.parse("2026-01-01T00:00:00Z");

    private static final Split TRIAL =
            new Split(1, Direction.A_TO_B, OLD, Optional.of(new Candidate(NEW, 0.5, true, "s1")));
    private static final Split PROMOTED = new Split(2, Direction.A_TO_B, NEW, Optional.empty());

    /** An image that the trial leaves to the stable checkpoint, and one that it gives to the candidate. */
    static final String STABLE_ID = id("stable");

    static final String CANDIDATE_ID = id("candidate");

    private MadeImages() {}

    private static String id(String role) {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "image-" + number)
                .filter(id -> role(id).equals(role))
                .findFirst()
                .orElseThrow();
    }

    /** The part of whoever translates a key during the trial. */
    static String role(String id) {
        return TRIAL.role(id.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Splits 1 and 2 begin at offsets 2 and 4 of partition 0, 1 and 5 of partition 1. */
    static RecordedDecisions decisions() {
        return new RecordedDecisions(
                new Schedule(List.of(
                        new Announcement(TRIAL, Announcement.Action.START, "tester@here", ANNOUNCED),
                        new Announcement(
                                PROMOTED, Announcement.Action.PROMOTE, "tester@here", ANNOUNCED.plusSeconds(10)))),
                List.of(activation(0, 2, 1), activation(0, 4, 2), activation(1, 1, 1), activation(1, 5, 2)),
                OLD);
    }

    private static Activation activation(int partition, long offset, long split) {
        return new Activation("images.a", "id", partition, offset, split);
    }

    static MadeImage before(String id, int partition, long offset) {
        return image(id, partition, offset, null, null, OLD);
    }

    static MadeImage made(String id, int partition, long offset, long split, String role, NamedCheckpoint by) {
        return image(id, partition, offset, split, role, by);
    }

    static MadeImage at(MadeImage image, double seconds) {
        return new MadeImage(image.image(), ANNOUNCED.plusMillis((long) (1000 * seconds)));
    }

    static MadeImage showing(MadeImage image, byte[] encoded) {
        CollectedImage collected = image.image();
        return new MadeImage(
                new CollectedImage(
                        collected.imageId(), collected.contentType(), ByteBuffer.wrap(encoded), collected.provenance()),
                image.at());
    }

    private static MadeImage image(
            String id, int partition, long offset, Long split, String role, NamedCheckpoint checkpoint) {
        Provenance provenance = Provenance.newBuilder()
                .setCheckpointSha256(checkpoint.sha256())
                .setCheckpointName(checkpoint.name())
                .setDevice("cpu")
                .setSourceTopic("images.a")
                .setSourcePartition(partition)
                .setSourceOffset(offset)
                .setSourceTimestamp(Instant.EPOCH)
                .setInputSha256("")
                .setOutputSha256("")
                .setApplicationVersion("test")
                .setSplit(split)
                .setRole(role)
                .build();
        return new MadeImage(
                new CollectedImage(id, "image/png", ByteBuffer.allocate(0), Optional.of(provenance)), ANNOUNCED);
    }
}
