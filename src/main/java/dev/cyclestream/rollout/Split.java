package dev.cyclestream.rollout;

import dev.cyclestream.event.Direction;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The checkpoints of a direction, and what each translates, from some offset of each partition on.
 *
 * @param number 1, 2, 3 and so on, over all directions of an application
 * @param stable translates everything that is not the candidate's
 * @param candidate on trial; empty if there is none
 */
public record Split(long number, Direction direction, NamedCheckpoint stable, Optional<Candidate> candidate) {

    /**
     * A checkpoint on trial.
     *
     * @param share of the keys that it translates, 0 to 1
     * @param shadow whether it also translates what the stable one does, into a topic of its own
     * @param salt which decides the keys; it stays the same while the share of one candidate grows, so that none goes back
     */
    public record Candidate(NamedCheckpoint checkpoint, double share, boolean shadow, String salt) {
        public Candidate {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share: expected 0 to 1, found " + share);
            }
            if (share == 0 && !shadow) {
                throw new IllegalArgumentException(
                        "candidate: expected a share above 0, or the shadow, found neither: it would translate nothing");
            }
        }

        private String describe() {
            return ", candidate %s%s%s"
                    .formatted(
                            checkpoint,
                            share > 0 ? " with %s %% of the keys".formatted(percent()) : "",
                            shadow ? " in the shadow" : "");
        }

        private String percent() {
            return BigDecimal.valueOf(share)
                    .movePointRight(2)
                    .stripTrailingZeros()
                    .toPlainString();
        }

        boolean has(byte[] key) {
            return KeyBucket.of(salt, key) < share;
        }
    }

    public Split {
        if (number < 1) {
            throw new IllegalArgumentException("split: expected a number of at least 1, found " + number);
        }
    }

    /**
     * The part of whoever translates a record, which depends on nothing but this split and the key.
     *
     * @param key of the record; of one without a key the image id
     */
    public Role role(byte[] key) {
        return candidate.filter(trial -> trial.has(key)).isPresent() ? Role.CANDIDATE : Role.STABLE;
    }

    /** The checkpoint that translates for this part. */
    public NamedCheckpoint checkpoint(Role role) {
        return role == Role.STABLE
                ? stable
                : candidate
                        .orElseThrow(() -> new IllegalStateException("split %d has no candidate".formatted(number)))
                        .checkpoint();
    }

    /** True if the candidate translates, beside this part, for the shadow topic. */
    public boolean isShadowed(Role role) {
        return role == Role.STABLE && candidate.filter(Candidate::shadow).isPresent();
    }

    /** The checkpoints and what each translates, for people. */
    public String describe() {
        return "stable %s%s"
                .formatted(stable, candidate.map(Candidate::describe).orElse(""));
    }

    /** True if the candidate translates for the shadow topic. */
    public boolean hasShadow() {
        return candidate.filter(Candidate::shadow).isPresent();
    }

    /** All checkpoints that must be loaded before the split can hold. */
    public Set<NamedCheckpoint> checkpoints() {
        Set<NamedCheckpoint> checkpoints = new LinkedHashSet<>();
        checkpoints.add(stable);
        candidate.ifPresent(trial -> checkpoints.add(trial.checkpoint()));
        return checkpoints;
    }
}
