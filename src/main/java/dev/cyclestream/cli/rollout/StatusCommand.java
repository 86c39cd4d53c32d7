package dev.cyclestream.cli.rollout;

import dev.cyclestream.event.Direction;
import dev.cyclestream.option.Range;
import dev.cyclestream.rollout.Announcement;
import dev.cyclestream.rollout.InstanceReport;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.operation.PartitionState;
import dev.cyclestream.rollout.operation.RolloutOperator;
import dev.cyclestream.service.ExitCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = {
            "Says which split holds in each partition, and from which offset; what each instance has loaded, or why not.",
            "A partition without images switches with its next one."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private ApplicationOptions application;

    @Option(names = "--watch", description = "Say it again and again, until Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--every",
            defaultValue = "PT2S",
            paramLabel = "DURATION",
            description = "The time between, with --watch.")
    @Range(from = "PT0.1S", to = "PT1H")
    private Duration every;

    @Override
    public Integer call() throws InterruptedException {
        try (RolloutOperator operator = application.operator()) {
            show(operator);
            while (watch) {
                Thread.sleep(every.toMillis());
                show(operator);
            }
        }
        return ExitCode.OK;
    }

    private void show(RolloutOperator operator) {
        Schedule schedule = operator.schedule();
        if (schedule.announcements().isEmpty()) {
            System.out.printf("application %s has no roll-out%n", application);
            return;
        }
        Map<String, InstanceReport> instances = operator.instances();
        for (Direction direction : Direction.values()) {
            schedule.latest(direction).ifPresent(split -> show(operator, schedule, split, instances));
        }
        instances(instances);
    }

    private static void show(
            RolloutOperator operator, Schedule schedule, Split split, Map<String, InstanceReport> instances) {
        Announcement announcement = schedule.announcements().get((int) split.number() - 1);
        System.out.printf(
                "%s: split %d, by %s of %s at %s: %s%n",
                split.direction(),
                split.number(),
                announcement.action(),
                announcement.by(),
                announcement.at(),
                split.describe());
        boolean read =
                instances.values().stream().anyMatch(report -> report.inputs().containsKey(split.direction()));
        if (!read) {
            System.out.println("  no instance that runs now reads this direction");
            return;
        }
        TextTable table = new TextTable("partition", "split", "from offset", "next image", "wait");
        for (PartitionState partition : operator.partitions(split.direction())) {
            Optional<Long> holds = partition.split().stream().boxed().findFirst();
            table.add(
                    partition.partition(),
                    holds.map(String::valueOf).orElse("none yet"),
                    holds.map(number -> partition.activations().offsetOf(number).orElseThrow())
                            .map(String::valueOf)
                            .orElse("-"),
                    partition.position(),
                    partition.end() - partition.position());
        }
        System.out.println(table);
    }

    private static void instances(Map<String, InstanceReport> instances) {
        TextTable table = new TextTable("host", "instance", "could work by", "loaded", "not loaded");
        instances.forEach((name, report) -> table.add(
                report.host(),
                name,
                report.available().isEmpty() ? "-" : report.available().values(),
                report.loaded().size(),
                report.failures().isEmpty()
                        ? "-"
                        : String.join("; ", report.failures().values())));
        System.out.printf("instances: %d%n%s%n", instances.size(), table);
    }
}
