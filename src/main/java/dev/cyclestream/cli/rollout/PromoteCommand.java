package dev.cyclestream.cli.rollout;

import dev.cyclestream.rollout.operation.RolloutOperator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "promote",
        description = "Makes the candidate stable, and waits until every partition that has images works by that.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class PromoteCommand implements Callable<Integer> {

    @Mixin
    private ApplicationOptions application;

    @Mixin
    private SwitchOptions step;

    @Override
    public Integer call() throws InterruptedException {
        try (RolloutOperator operator = application.operator()) {
            return step.await(operator, operator.promote(step.direction()));
        }
    }
}
