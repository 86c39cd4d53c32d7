package dev.cyclestream.trainer.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plot of numbers over steps as SVG; colours come from the page's style by the classes {@code line-1}, {@code line-2}, ... */
final class LinePlot {

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

    private record Series(String name, List<Double> values) {}

    LinePlot(String title, List<Long> steps) {
        this.title = title;
        this.steps = steps;
    }

    /** Adds a line with a value for each step. */
    LinePlot line(String name, List<Double> values) {
        lines.add(new Series(name, values));
        return this;
    }

    /** The plot with its title and legend, as an element of a page. */
    String html(boolean smooth) {
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
        double step = tickStep(Math.max(highest - lowest, 1e-9));
        double bottom = Math.floor(lowest / step) * step;
        double top = Math.max(Math.ceil(highest / step) * step, bottom + step);
        StringBuilder svg = new StringBuilder();
        for (double tick = bottom; tick <= top + step / 2; tick += step) {
            double y = y(tick, bottom, top);
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y, y));
            svg.append(
                    format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y + 4, number(tick)));
        }
        appendSteps(svg);
        for (int index = 0; index < lines.size(); index++) {
            List<Double> values = lines.get(index).values();
            if (smooth && values.size() > 2 / (1 - SMOOTHING)) {
                svg.append(polyline("raw line-" + (index + 1), values, bottom, top));
                svg.append(polyline("line-" + (index + 1), smoothed(values), bottom, top));
            } else {
                svg.append(polyline("line-" + (index + 1), values, bottom, top));
            }
        }
        return format(
                "<figure class=\"plot\" data-left=\"%d\" data-right=\"%d\" data-width=\"%d\" data-lines='%s'>"
                        + "<figcaption>%s%s</figcaption>"
                        + "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s over steps\">%s</svg><output></output></figure>",
                LEFT,
                WIDTH - RIGHT,
                WIDTH,
                data(),
                HtmlText.escape(title),
                legend(),
                WIDTH,
                HEIGHT,
                HtmlText.escape(title),
                svg);
    }

    private void appendSteps(StringBuilder svg) {
        long last = steps.isEmpty() ? 1 : steps.get(steps.size() - 1);
        double step = tickStep((double) last);
        for (double tick = 0; tick <= last; tick += step) {
            svg.append(format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(tick), HEIGHT - 8, number(tick)));
        }
    }

    private String polyline(String style, List<Double> values, double bottom, double top) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            points.append(format("%.1f,%.1f ", x(steps.get(i)), y(values.get(i), bottom, top)));
        }
        return values.size() == 1
                ? format(
                        "<circle class=\"dot %s\" r=\"3\" cx=\"%.1f\" cy=\"%.1f\"/>",
                        style, x(steps.get(0)), y(values.get(0), bottom, top))
                : format(
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
    private String data() {
        String series = lines.stream()
                .map(line -> format("{\"name\":\"%s\",\"values\":%s}", line.name(), numbers(line.values())))
                .collect(Collectors.joining(","));
        return HtmlText.escape(format("{\"steps\":%s,\"lines\":[%s]}", steps, series))
                .replace("&quot;", "\"");
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(value -> format("%.4g", value)).collect(Collectors.joining(",", "[", "]"));
    }

    private String legend() {
        StringBuilder legend = new StringBuilder();
        for (int index = 0; index < lines.size(); index++) {
            legend.append(format(
                    "<span class=\"key key-%d\">%s</span>",
                    index + 1, HtmlText.escape(lines.get(index).name())));
        }
        return legend.toString();
    }

    private static double y(double value, double bottom, double top) {
        return TOP + (top - value) / (top - bottom) * (HEIGHT - TOP - BOTTOM);
    }

    /** 1, 2 or 5 times a power of ten, so that about five ticks fit. */
    private static double tickStep(double range) {
        double power = Math.pow(10, Math.floor(Math.log10(range / TICKS)));
        for (int factor : new int[] {1, 2, 5}) {
            if (range / (factor * power) <= TICKS + 1) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value) {
        if (value >= 10_000) {
            return format("%.0fk", value / 1000);
        }
        double shown = Math.abs(value) < 1e-12 ? 0 : value;
        BigDecimal plain = new BigDecimal(format("%.4g", shown)).stripTrailingZeros();
        return Math.abs(shown) < 1e-3 && shown != 0 ? plain.toString() : plain.toPlainString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
