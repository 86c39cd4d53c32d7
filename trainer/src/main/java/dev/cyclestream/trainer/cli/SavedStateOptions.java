package dev.cyclestream.trainer.cli;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.option.InputFolder;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import dev.cyclestream.trainer.run.RunFolder;
import dev.cyclestream.trainer.run.SavedState;
import dev.cyclestream.trainer.run.SavedStates;
import dev.cyclestream.trainer.run.StateName;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;

/** The generators of a run that the command line names. */
final class SavedStateOptions {

    @Option(names = "--run", required = true, description = "Folder of a run.")
    private InputFolder folder;

    @Option(
            names = "--step",
            defaultValue = SavedStates.NEWEST,
            split = ",",
            description =
                    "The saved state to take: newest, best, a number of steps, or the path of a state of another run."
                            + " Several, with commas between them: the mean of their weights.")
    private List<StateName> steps;

    @Option(
            names = "--averaged",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Take the moving average of the weights, if the run keeps one.")
    private boolean averaged;

    RunFolder run() {
        return new RunFolder(folder.path());
    }

    /** The saved states. */
    List<SavedState> states() throws IOException {
        return run().states().named(steps);
    }

    /** The generator of these states; the caller closes it. */
    TrainableNetwork generator(Direction direction, NDManager manager) throws IOException {
        return run().generator(states(), direction, averaged, manager);
    }
}
