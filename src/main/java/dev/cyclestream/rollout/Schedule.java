package dev.cyclestream.rollout;

import dev.cyclestream.event.Direction;
import dev.cyclestream.rollout.Split.Candidate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All splits of an application in the order in which they were announced, and the rules by which the next one follows.
 *
 * @param announcements with the numbers 1, 2, 3 and so on
 */
public record Schedule(List<Announcement> announcements) {

    /** Nothing was announced: each instance translates with the checkpoints that it was started with. */
    public static final Schedule EMPTY = new Schedule(List.of());

    public Schedule {
        announcements = List.copyOf(announcements);
        for (int index = 0; index < announcements.size(); index++) {
            long number = announcements.get(index).split().number();
            if (number != index + 1) {
                throw new IllegalArgumentException(
                        "schedule: expected split %d, found %d".formatted(index + 1, number));
            }
        }
    }

    /** The split of this number; empty if there is none. */
    public Optional<Split> split(long number) {
        return number >= 1 && number <= announcements.size()
                ? Optional.of(announcements.get((int) number - 1).split())
                : Optional.empty();
    }

    /** The newest split of a direction; empty if none was announced. */
    public Optional<Split> latest(Direction direction) {
        return announcements.stream()
                .map(Announcement::split)
                .filter(split -> split.direction() == direction)
                .reduce((earlier, later) -> later);
    }

    /** The first split of a direction; its stable checkpoint is the one that was running before. */
    public Optional<Split> first(Direction direction) {
        return announcements.stream()
                .map(Announcement::split)
                .filter(split -> split.direction() == direction)
                .findFirst();
    }

    /**
     * The next split if a candidate goes on trial, or the share of the one that is on trial changes.
     *
     * @param running is asked for the stable checkpoint where nothing was announced for the direction
     * @param salt for a candidate that is not on trial yet
     */
    public Split start(
            Direction direction,
            Supplier<NamedCheckpoint> running,
            NamedCheckpoint checkpoint,
            Trial trial,
            String salt) {
        Optional<Split> latest = latest(direction);
        NamedCheckpoint stable = latest.map(Split::stable).orElseGet(running);
        if (stable.sha256().equals(checkpoint.sha256())) {
            throw new RolloutRefusedException("%s: %s is stable already".formatted(direction, checkpoint));
        }
        String kept = latest.flatMap(Split::candidate)
                .filter(before -> before.checkpoint().sha256().equals(checkpoint.sha256()))
                .map(Candidate::salt)
                .orElse(salt);
        return next(direction, stable, Optional.of(new Candidate(checkpoint, trial.share(), trial.shadow(), kept)));
    }

    /**
     * The extent of a trial.
     *
     * @param share of the keys, 0 to 1
     * @param shadow whether the candidate translates beside the stable one, too
     */
    public record Trial(double share, boolean shadow) {}

    /**
     * The next split if the candidate becomes stable.
     *
     * @throws RolloutRefusedException if none is on trial
     */
    public Split promote(Direction direction) {
        Candidate candidate = latest(direction)
                .flatMap(Split::candidate)
                .orElseThrow(() -> new RolloutRefusedException(
                        "%s: expected a candidate on trial, found none; rollout start begins one"
                                .formatted(direction)));
        return next(direction, candidate.checkpoint(), Optional.empty());
    }

    /**
     * The next split if the candidate goes; where none is on trial, the stable checkpoint before this one comes back.
     *
     * @throws RolloutRefusedException if there is none to go back to
     */
    public Split rollBack(Direction direction) {
        Deque<NamedCheckpoint> stable = stable(direction);
        boolean onTrial = latest(direction).flatMap(Split::candidate).isPresent();
        if (!onTrial && stable.size() < 2) {
            throw new RolloutRefusedException(
                    "%s: expected a candidate on trial or an earlier stable checkpoint, found neither"
                            .formatted(direction));
        }
        if (!onTrial) {
            stable.pop();
        }
        return next(direction, stable.pop(), Optional.empty());
    }

    /** The stable checkpoints that promotions have put upon each other, the one of now first; what was rolled back is gone. */
    private Deque<NamedCheckpoint> stable(Direction direction) {
        Deque<NamedCheckpoint> stable = new ArrayDeque<>();
        for (Announcement announcement : announcements) {
            Split split = announcement.split();
            if (split.direction() != direction) {
                continue;
            }
            if (stable.isEmpty() || announcement.action() == Announcement.Action.PROMOTE) {
                stable.push(split.stable());
            } else if (!stable.peek().equals(split.stable())) {
                stable.pop();
            }
        }
        return stable;
    }

    private Split next(Direction direction, NamedCheckpoint stable, Optional<Candidate> candidate) {
        return new Split(announcements.size() + 1, direction, stable, candidate);
    }
}
