package dev.cyclestream.comparison.report;

import dev.cyclestream.comparison.measure.Distribution;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Distributions over one axis as SVG; colours come from the page's style by the classes {@code area-1} and {@code area-2}. */
final class HistogramPlot {

    private static final int WIDTH = 520;
    private static final int HEIGHT = 200;
    private static final int LEFT = 12;
    private static final int RIGHT = 12;
    private static final int TOP = 8;
    private static final int BOTTOM = 26;
    private static final int RANGES = 60;
    private static final int TICKS = 6;

    private final String title;
    private final List<Series> series = new ArrayList<>();

    private record Series(String name, Distribution distribution) {}

    HistogramPlot(String title) {
        this.title = title;
    }

    /** Adds a distribution that has numbers in it. */
    HistogramPlot of(String name, Distribution distribution) {
        series.add(new Series(name, distribution));
        return this;
    }

    /** The plot with its title and legend, as an element of a page. */
    String html() {
        double lowest = series.stream()
                .mapToDouble(one -> one.distribution().min())
                .min()
                .orElse(0);
        double highest = series.stream()
                .mapToDouble(one -> one.distribution().max())
                .max()
                .orElse(1);
        double step = tickStep(Math.max(highest - lowest, 1e-3));
        double from = Math.floor(lowest / step) * step;
        double to = Math.max(Math.ceil(highest / step) * step, from + step);
        String escaped = HtmlText.escape(title);
        return format(
                "<figure class=\"plot\"><figcaption>%s%s</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s, a histogram\">%s%s</svg></figure>",
                escaped, legend(), WIDTH, HEIGHT, escaped, axis(from, to, step), areas(from, to));
    }

    private String legend() {
        StringBuilder legend = new StringBuilder();
        for (int index = 0; index < series.size(); index++) {
            Series one = series.get(index);
            legend.append(format(
                    "<span class=\"key key-%d\">%s: mean %s</span>",
                    index + 1,
                    HtmlText.escape(one.name()),
                    ReportText.number(one.distribution().mean())));
        }
        return legend.toString();
    }

    private static String axis(double from, double to, double step) {
        StringBuilder svg = new StringBuilder();
        for (long tick = 0; from + tick * step <= to + step / 2; tick++) {
            double value = from + tick * step;
            double x = x(value, from, to);
            svg.append(format(
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x, x, TOP, HEIGHT - BOTTOM));
            svg.append(
                    format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x, HEIGHT - 8, number(value)));
        }
        return svg.toString();
    }

    private String areas(double from, double to) {
        List<List<Long>> counts = series.stream()
                .map(one -> one.distribution().histogram(from, to, RANGES))
                .toList();
        long most = counts.stream()
                .flatMap(List::stream)
                .mapToLong(count -> count)
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder();
        for (int index = 0; index < series.size(); index++) {
            svg.append(area(index + 1, counts.get(index), most));
            svg.append(mean(index + 1, x(series.get(index).distribution().mean(), from, to)));
        }
        return svg.toString();
    }

    private static String area(int number, List<Long> counts, long most) {
        StringBuilder points = new StringBuilder(format("M%d,%d", LEFT, HEIGHT - BOTTOM));
        double width = (double) (WIDTH - LEFT - RIGHT) / RANGES;
        for (int range = 0; range < RANGES; range++) {
            double y = TOP + (1 - (double) counts.get(range) / Math.max(1, most)) * (HEIGHT - TOP - BOTTOM);
            points.append(format("L%.1f,%.1f L%.1f,%.1f", LEFT + range * width, y, LEFT + (range + 1) * width, y));
        }
        points.append(format("L%d,%d Z", WIDTH - RIGHT, HEIGHT - BOTTOM));
        return format("<path class=\"area-%d\" d=\"%s\"/>", number, points);
    }

    private static String mean(int number, double x) {
        return format(
                "<line class=\"mean-%d\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                number, x, x, TOP, HEIGHT - BOTTOM);
    }

    private static double x(double value, double from, double to) {
        return LEFT + (value - from) / (to - from) * (WIDTH - LEFT - RIGHT);
    }

    /** 1, 2 or 5 times a power of ten, so that about six ticks fit. */
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
        double shown = Math.abs(value) < 1e-9 ? 0 : value;
        return new BigDecimal(format("%.4f", shown)).stripTrailingZeros().toPlainString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
