package dev.cyclestream.trainer.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a table of numbers by step, thinned out for plotting.
 *
 * @param steps the last step of each point
 * @param columns for each name as many values as there are steps, each the mean of the rows between two points
 */
public record MetricsTable(List<Long> steps, Map<String, List<Double>> columns) {

    private static final String SEPARATOR = ",";

    public MetricsTable {
        steps = List.copyOf(steps);
        columns = new LinkedHashMap<>(columns);
    }

    /**
     * Reads a CSV file whose first column is the step. A last line that is not whole is left out.
     *
     * @param mostPoints to keep
     */
    public static MetricsTable read(Path csv, int mostPoints) throws IOException {
        long rows;
        try (var lines = Files.lines(csv)) {
            rows = Math.max(1, lines.count() - 1);
        }
        long rowsOfAPoint = (rows + mostPoints - 1) / mostPoints;
        try (BufferedReader reader = Files.newBufferedReader(csv)) {
            String[] names = reader.readLine().split(SEPARATOR, -1);
            return thin(reader, names, rowsOfAPoint);
        }
    }

    private static MetricsTable thin(BufferedReader reader, String[] names, long rowsOfAPoint) throws IOException {
        List<Long> steps = new ArrayList<>();
        Map<String, List<Double>> columns = new LinkedHashMap<>();
        for (int column = 1; column < names.length; column++) {
            columns.put(names[column], new ArrayList<>());
        }
        double[] sums = new double[names.length];
        long summed = 0;
        long step = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String[] cells = line.split(SEPARATOR, -1);
            if (cells.length != names.length) {
                continue; // still being written
            }
            step = Long.parseLong(cells[0]);
            for (int column = 1; column < names.length; column++) {
                sums[column] += Double.parseDouble(cells[column]);
            }
            summed++;
            if (summed == rowsOfAPoint) {
                addPoint(step, summed, sums, names, steps, columns);
                summed = 0;
            }
        }
        if (summed > 0) {
            addPoint(step, summed, sums, names, steps, columns);
        }
        return new MetricsTable(steps, columns);
    }

    private static void addPoint(
            long step, long rows, double[] sums, String[] names, List<Long> steps, Map<String, List<Double>> columns) {
        steps.add(step);
        for (int column = 1; column < names.length; column++) {
            columns.get(names[column]).add(sums[column] / rows);
            sums[column] = 0;
        }
    }
}
