package dev.cyclestream.trainer.cli;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.option.Range;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.evaluation.Evaluator;
import dev.cyclestream.trainer.evaluation.Figure;
import dev.cyclestream.trainer.model.TrainingSettings;
import dev.cyclestream.trainer.run.Judge;
import dev.cyclestream.trainer.run.RunDescription;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The evaluations of a run while it goes on, as the command line describes it. */
final class JudgeOptions {

    @Option(
            names = "--evaluate-every",
            description = "Steps between evaluations on testA and testB. Default: none while training.")
    @Range(from = "1")
    private Optional<Long> every;

    @Option(
            names = "--keep-best-by",
            description = "Keep the best state apart, judged by: ${COMPLETION-CANDIDATES}. Needs --evaluate-every.")
    private Optional<Figure> keepBestBy;

    /**
     * Makes sure that the options agree.
     *
     * @throws WrongSetUpException if they do not
     */
    void requireAgreement() {
        if (every.isEmpty() && keepBestBy.isPresent()) {
            throw new WrongSetUpException("--keep-best-by: expected --evaluate-every beside it, found none");
        }
    }

    /** The evaluator, if one is wanted; the caller closes it. */
    Optional<Evaluator> evaluator(RunDescription run, DataSet data, NDManager manager) throws IOException {
        if (every.isEmpty()) {
            return Optional.empty();
        }
        System.err.println("training the classifier that tells the domains apart");
        TrainingSettings settings = run.settings();
        return Optional.of(Evaluator.of(data, settings.seed(), Optional.empty(), manager));
    }

    Judge judge(Evaluator evaluator) {
        return new Judge(evaluator, every.orElseThrow(), keepBestBy);
    }
}
