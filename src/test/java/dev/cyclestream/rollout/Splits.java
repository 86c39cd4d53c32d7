package dev.cyclestream.rollout;

import dev.cyclestream.event.Direction;
import dev.cyclestream.rollout.Split.Candidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Schedules that tests build step by step. */
public final class Splits {

    private final List<Announcement> announced = new ArrayList<>();

    /** A checkpoint whose hash repeats a digit. */
    public static NamedCheckpoint checkpoint(char digit) {
        return new NamedCheckpoint(
                String.valueOf(digit).repeat(64), digit + ".onnx", "file:/checkpoints/%s.onnx".formatted(digit));
    }

    public static Split split(long number, char stable) {
        return new Split(number, Direction.A_TO_B, checkpoint(stable), Optional.empty());
    }

    public static Split split(long number, char stable, char candidate, double share) {
        return split(number, stable, new Candidate(checkpoint(candidate), share, false, "s1"));
    }

    public static Split split(long number, char stable, Candidate candidate) {
        return new Split(number, Direction.A_TO_B, checkpoint(stable), Optional.of(candidate));
    }

    public Splits announce(Announcement.Action action, Split split) {
        announced.add(new Announcement(split, action, "tester@here", Instant.EPOCH));
        return this;
    }

    public Schedule schedule() {
        return new Schedule(announced);
    }
}
