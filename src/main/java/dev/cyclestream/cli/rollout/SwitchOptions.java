package dev.cyclestream.cli.rollout;

import dev.cyclestream.cli.ConsoleProgress;
import dev.cyclestream.event.Direction;
import dev.cyclestream.option.Range;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.operation.RolloutOperator;
import dev.cyclestream.rollout.operation.Switch;
import dev.cyclestream.service.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options for a step that partitions follow one after the other. */
final class SwitchOptions {

    @Option(names = "--direction", required = true, description = "A_TO_B or B_TO_A.")
    private Direction direction;

    @Option(
            names = "--wait",
            defaultValue = "PT2M",
            paramLabel = "DURATION",
            description =
                    "Longest time to wait until every partition that has images works by the new split; then the exit code is 1.")
    @Range(from = "PT1S", to = "PT24H")
    private Duration wait;

    @Option(names = "--no-wait", description = "Return once the split is announced.")
    private boolean noWait;

    Direction direction() {
        return direction;
    }

    /** Waits for the partitions, and says how it ended; returns the exit code. */
    int await(RolloutOperator operator, Split split) throws InterruptedException {
        System.out.printf("split %d of %s is announced: %s%n", split.number(), direction, split.describe());
        if (noWait) {
            return ExitCode.OK;
        }
        Switch switched = new Switch(operator, split);
        try (ConsoleProgress progress = ConsoleProgress.of("switching", "partitions")) {
            switched.await(wait, (done, all) -> {
                progress.expect(all);
                progress.stepTo(done);
            });
        }
        System.out.println(switched.describe());
        return switched.isDone() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
