package dev.cyclestream.cli.rollout;

import dev.cyclestream.cli.option.KafkaOptions;
import dev.cyclestream.cli.value.ClientName;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.rollout.operation.RolloutOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the application whose checkpoints change. */
final class ApplicationOptions {

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--application-id",
            defaultValue = "cyclestream",
            description = "Application id of the instances, as run was given it.")
    private ClientName applicationId;

    RolloutOperator operator() {
        return new RolloutOperator(kafka.connection(), applicationId.value(), Operator.describe());
    }

    KafkaConnection connection() {
        return kafka.connection();
    }

    @Override
    public String toString() {
        return applicationId.value();
    }
}
