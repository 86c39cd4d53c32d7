package dev.cyclestream.cli.rollout;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.Announcement;
import dev.cyclestream.rollout.operation.RolloutOperator;
import dev.cyclestream.service.ExitCode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "history",
        description = "Says who announced which split and when, and from which offset of each partition it holds.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class HistoryCommand implements Callable<Integer> {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    @Mixin
    private ApplicationOptions application;

    @Option(names = "--json", description = "Print an object for each split, a line each.")
    private boolean json;

    @Override
    public Integer call() {
        try (RolloutOperator operator = application.operator()) {
            List<Announcement> announcements = operator.schedule().announcements();
            Map<Long, List<Activation>> activations = operator.activations().stream()
                    .sorted(Comparator.comparingInt(Activation::partition))
                    .collect(Collectors.groupingBy(Activation::split));
            if (json) {
                announcements.forEach(one -> System.out.println(GSON.toJson(
                        object(one, activations.getOrDefault(one.split().number(), List.of())))));
            } else {
                print(announcements, activations);
            }
        }
        return ExitCode.OK;
    }

    private void print(List<Announcement> announcements, Map<Long, List<Activation>> activations) {
        if (announcements.isEmpty()) {
            System.out.printf("application %s has no roll-out%n", application);
            return;
        }
        TextTable table = new TextTable("split", "at", "by", "step", "direction", "checkpoints", "from offsets");
        announcements.forEach(one -> table.add(
                one.split().number(),
                one.at(),
                one.by(),
                one.action(),
                one.split().direction(),
                one.split().describe(),
                offsets(activations.getOrDefault(one.split().number(), List.of()))));
        System.out.println(table);
    }

    private static String offsets(List<Activation> activations) {
        return activations.isEmpty()
                ? "nowhere"
                : activations.stream()
                        .map(activation -> "%d:%d".formatted(activation.partition(), activation.offset()))
                        .collect(Collectors.joining(","));
    }

    private static Map<String, Object> object(Announcement announcement, List<Activation> activations) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("split", announcement.split().number());
        object.put("at", announcement.at().toString());
        object.put("by", announcement.by());
        object.put("step", announcement.action().toString());
        object.put("direction", announcement.split().direction());
        object.put("stable", announcement.split().stable());
        announcement.split().candidate().ifPresent(candidate -> object.put("candidate", candidate));
        object.put("activations", activations);
        return object;
    }
}
