package dev.cyclestream.trainer.run;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.trainer.evaluation.Evaluator;
import dev.cyclestream.trainer.evaluation.Figure;
import java.util.Optional;

/**
 * The evaluations of a run while it goes on; whoever made the evaluator closes it.
 *
 * @param evaluator translates the test images
 * @param every steps between two evaluations
 * @param keepBestBy the figure, as a mean of both directions, whose best state is kept apart; none if empty
 */
public record Judge(Evaluator evaluator, long every, Optional<Figure> keepBestBy) {

    public Judge {
        if (every < 1) {
            throw new WrongSetUpException("evaluate every: expected at least 1, found " + every);
        }
    }
}
