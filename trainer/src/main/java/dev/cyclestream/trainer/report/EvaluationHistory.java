package dev.cyclestream.trainer.report;

import java.util.List;
import java.util.Map;

/**
 * The findings of all evaluations of a run, in order.
 *
 * @param steps at which it was evaluated, in order
 * @param figures of each of them, by their names
 */
public record EvaluationHistory(List<Long> steps, List<Map<String, Double>> figures) {

    public EvaluationHistory {
        steps = List.copyOf(steps);
        figures = List.copyOf(figures);
    }

    boolean has(String name) {
        return figures.stream().allMatch(row -> row.containsKey(name));
    }

    List<Double> values(String name) {
        return figures.stream().map(row -> row.get(name)).toList();
    }
}
