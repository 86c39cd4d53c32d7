package dev.cyclestream.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A plot of numbers over steps as SVG; colours come from the page's style by the classes {@code line-1}, {@code line-2}, ... */
public final class LinePlot {

    private static final int WIDTH = 520;
    private static final int HEIGHT = 240;
    private static final int LEFT = 52;
    private static final int RIGHT = 24;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;
    private static final int TICKS = 5;
    private static final double SMOOTHING = 0.9;

    private final String title;
    private final List<Long> steps;
    private final List<Series> lines = new ArrayList<>();

    private boolean smooth;

    private record Series(String name, List<Double> values) {}

    public LinePlot(String title, List<Long> steps) {
        this.title = title;
        this.steps = steps;
    }

    /** Adds a line with a value for each step. */
    public LinePlot line(String name, List<Double> values) {
        lines.add(new Series(name, values));
        return this;
    }

    /** Shows a running mean, and the numbers themselves behind it, where there are many. */
    public LinePlot smooth() {
        smooth = true;
        return this;
    }

    String title() {
        return title;
    }

    /** The names of the lines, numbered from 1. */
    List<Key> keys() {
        return Key.numbered(lines.stream().map(Series::name).toList());
    }

    int width() {
        return WIDTH;
    }

    int height() {
        return HEIGHT;
    }

    /** The place of the first step. */
    int left() {
        return LEFT;
    }

    /** The place of the last step. */
    int right() {
        return WIDTH - RIGHT;
    }

    /** The inside of the SVG element: numbers, and nothing that others wrote. */
    String svg() {
        double lowest = lines.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(v -> v)
                .min()
                .orElse(0);
        double highest = lines.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(v -> v)
                .max()
                .orElse(1);
        if (lowest == highest) { // what never changes is held against zero
            lowest = Math.min(lowest, 0);
            highest = Math.max(highest, 0);
        }
        double step = Axis.tickStep(Math.max(highest - lowest, 1e-9), TICKS);
        double bottom = Math.floor(lowest / step) * step;
        double top = Math.max(Math.ceil(highest / step) * step, bottom + step);
        StringBuilder svg = new StringBuilder();
        for (double tick = bottom; tick <= top + step / 2; tick += step) {
            double y = y(tick, bottom, top);
            svg.append(Axis.format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y, y));
            svg.append(Axis.format(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y + 4, number(tick)));
        }
        appendSteps(svg);
        appendLines(svg, bottom, top);
        return svg.toString();
    }

    private void appendLines(StringBuilder svg, double bottom, double top) {
        for (int index = 0; index < lines.size(); index++) {
            List<Double> values = lines.get(index).values();
            if (smooth && values.size() > 2 / (1 - SMOOTHING)) {
                svg.append(polyline("raw line-" + (index + 1), values, bottom, top));
                svg.append(polyline("line-" + (index + 1), smoothed(values), bottom, top));
            } else {
                svg.append(polyline("line-" + (index + 1), values, bottom, top));
            }
        }
    }

    private void appendSteps(StringBuilder svg) {
        long last = steps.isEmpty() ? 1 : steps.get(steps.size() - 1);
        double step = Axis.tickStep((double) last, TICKS);
        for (double tick = 0; tick <= last; tick += step) {
            svg.append(Axis.format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(tick), HEIGHT - 8, number(tick)));
        }
    }

    private String polyline(String style, List<Double> values, double bottom, double top) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            points.append(Axis.format("%.1f,%.1f ", x(steps.get(i)), y(values.get(i), bottom, top)));
        }
        return values.size() == 1
                ? Axis.format(
                        "<circle class=\"dot %s\" r=\"3\" cx=\"%.1f\" cy=\"%.1f\"/>",
                        style, x(steps.get(0)), y(values.get(0), bottom, top))
                : Axis.format(
                        "<polyline class=\"%s\" points=\"%s\"/>",
                        style, points.toString().strip());
    }

    private double x(double step) {
        return LEFT + step / steps.get(steps.size() - 1) * (WIDTH - LEFT - RIGHT);
    }

    private static List<Double> smoothed(List<Double> values) {
        List<Double> result = new ArrayList<>();
        double mean = 0;
        double weight = 0;
        for (double value : values) {
            mean = SMOOTHING * mean + (1 - SMOOTHING) * value;
            weight = SMOOTHING * weight + (1 - SMOOTHING);
            result.add(mean / weight);
        }
        return result;
    }

    /** Steps and values for the few lines of script that show them under the pointer. */
    String data() {
        String series = lines.stream()
                .map(line -> Axis.format("{\"name\":\"%s\",\"values\":%s}", line.name(), numbers(line.values())))
                .collect(Collectors.joining(","));
        return Axis.format("{\"steps\":%s,\"lines\":[%s]}", steps, series);
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(value -> Axis.format("%.4g", value)).collect(Collectors.joining(",", "[", "]"));
    }

    private static double y(double value, double bottom, double top) {
        return TOP + (top - value) / (top - bottom) * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        if (value >= 10_000) {
            return Axis.format("%.0fk", value / 1000);
        }
        double shown = Math.abs(value) < 1e-12 ? 0 : value;
        BigDecimal plain = new BigDecimal(Axis.format("%.4g", shown)).stripTrailingZeros();
        return Math.abs(shown) < 1e-3 && shown != 0 ? plain.toString() : plain.toPlainString();
    }
}
