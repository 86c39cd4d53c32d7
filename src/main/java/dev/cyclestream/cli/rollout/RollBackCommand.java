package dev.cyclestream.cli.rollout;

import dev.cyclestream.rollout.operation.RolloutOperator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "roll-back",
        description =
                "Takes the candidate back; where none is on trial, the stable checkpoint before this one comes back.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RollBackCommand implements Callable<Integer> {

    @Mixin
    private ApplicationOptions application;

    @Mixin
    private SwitchOptions step;

    @Override
    public Integer call() throws InterruptedException {
        try (RolloutOperator operator = application.operator()) {
            return step.await(operator, operator.rollBack(step.direction()));
        }
    }
}
