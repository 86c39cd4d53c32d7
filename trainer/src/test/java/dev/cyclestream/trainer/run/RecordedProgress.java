package dev.cyclestream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.trainer.loss.Losses;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a run tells. */
class RecordedProgress implements TrainingProgress {

    private final List<String> warnings = new ArrayList<>();
    private long startedAt = -1;

    /** All warnings, each behind its step. */
    List<String> warnings() {
        return warnings;
    }

    /** The steps that were taken when the run began. */
    long startedAt() {
        return startedAt;
    }

    @Override
    public void started(long stepsTaken, long steps) {
        startedAt = stepsTaken;
    }

    @Override
    public void warned(long stepsTaken, String warning) {
        warnings.add("step %d: %s".formatted(stepsTaken, warning));
    }

    @Override
    public void stepTaken(long stepsTaken, Losses losses) {
        assertThat(losses.generatorTotal()).isPositive();
    }

    /** Ends a run without warning. */
    static final class StopsAfter extends RecordedProgress {
        private final long last;

        StopsAfter(long last) {
            this.last = last;
        }

        @Override
        public void stepTaken(long stepsTaken, Losses losses) {
            if (stepsTaken == last) {
                throw new IllegalStateException("pulled the plug");
            }
        }
    }
}
