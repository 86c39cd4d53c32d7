package dev.cyclestream.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Distributions over one axis as SVG; colours come from the page's style by the classes {@code area-1} and {@code area-2}. */
public final class HistogramPlot {

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

    private record Series(String name, Spread spread) {}

    /** Numbers as a histogram shows them. */
    public interface Spread {

        /** The smallest. */
        double min();

        /** The largest. */
        double max();

        /** Their mean. */
        double mean();

        /** The count of numbers in each of so many equal ranges. */
        List<Long> histogram(double from, double to, int ranges);
    }

    public HistogramPlot(String title) {
        this.title = title;
    }

    /** Adds a distribution that has numbers in it, under a name that the legend shows. */
    public HistogramPlot of(String name, Spread spread) {
        series.add(new Series(name, spread));
        return this;
    }

    String title() {
        return title;
    }

    /** The names of the distributions, numbered from 1. */
    List<Key> keys() {
        return Key.numbered(series.stream().map(Series::name).toList());
    }

    int width() {
        return WIDTH;
    }

    int height() {
        return HEIGHT;
    }

    /** The inside of the SVG element: numbers, and nothing that others wrote. */
    String svg() {
        double lowest =
                series.stream().mapToDouble(one -> one.spread().min()).min().orElse(0);
        double highest =
                series.stream().mapToDouble(one -> one.spread().max()).max().orElse(1);
        double step = Axis.tickStep(Math.max(highest - lowest, 1e-3), TICKS);
        double from = Math.floor(lowest / step) * step;
        double to = Math.max(Math.ceil(highest / step) * step, from + step);
        return axis(from, to, step) + areas(from, to);
    }

    private static String axis(double from, double to, double step) {
        StringBuilder svg = new StringBuilder();
        for (long tick = 0; from + tick * step <= to + step / 2; tick++) {
            double value = from + tick * step;
            double x = x(value, from, to);
            svg.append(Axis.format(
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x, x, TOP, HEIGHT - BOTTOM));
            svg.append(Axis.format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x, HEIGHT - 8, number(value)));
        }
        return svg.toString();
    }

    private String areas(double from, double to) {
        List<List<Long>> counts = series.stream()
                .map(one -> one.spread().histogram(from, to, RANGES))
                .toList();
        long most = counts.stream()
                .flatMap(List::stream)
                .mapToLong(count -> count)
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder();
        for (int index = 0; index < series.size(); index++) {
            svg.append(area(index + 1, counts.get(index), most));
            svg.append(mean(index + 1, x(series.get(index).spread().mean(), from, to)));
        }
        return svg.toString();
    }

    private static String area(int number, List<Long> counts, long most) {
        StringBuilder points = new StringBuilder(Axis.format("M%d,%d", LEFT, HEIGHT - BOTTOM));
        double width = (double) (WIDTH - LEFT - RIGHT) / RANGES;
        for (int range = 0; range < RANGES; range++) {
            double y = TOP + (1 - (double) counts.get(range) / Math.max(1, most)) * (HEIGHT - TOP - BOTTOM);
            points.append(Axis.format("L%.1f,%.1f L%.1f,%.1f", LEFT + range * width, y, LEFT + (range + 1) * width, y));
        }
        points.append(Axis.format("L%d,%d Z", WIDTH - RIGHT, HEIGHT - BOTTOM));
        return Axis.format("<path class=\"area-%d\" d=\"%s\"/>", number, points);
    }

    private static String mean(int number, double x) {
        return Axis.format(
                "<line class=\"mean-%d\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                number, x, x, TOP, HEIGHT - BOTTOM);
    }

    private static double x(double value, double from, double to) {
        return LEFT + (value - from) / (to - from) * (WIDTH - LEFT - RIGHT);
    }

    private static String number(double value) {
        double shown = Math.abs(value) < 1e-9 ? 0 : value;
        return new BigDecimal(Axis.format("%.4f", shown)).stripTrailingZeros().toPlainString();
    }
}
