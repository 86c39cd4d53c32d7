package dev.cyclestream.picture;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Brings samples to another size while they are read from top to bottom, by the filter of Mitchell and Netravali (B = C = 1/3),
 * which is as wide as two samples of the result to each side where it shrinks. Of the source a row is in memory.
 */
public final class Resampling {

    private static final int BRIGHTEST = 255;
    private static final double REACH = 2;

    private final PictureSize result;
    private final int channels;
    private final Taps[] columns;
    private final Taps[] rows;
    private final byte[] sourceRow;
    private final float[] line;
    private final float[][] sums; // of rows that are begun and not done
    private final byte[] samples;
    private int rowsRead;
    private int rowsDone;

    /** @param channels samples a pixel */
    public Resampling(PictureSize source, PictureSize result, int channels) {
        this.result = result;
        this.channels = channels;
        columns = taps(source.width(), result.width());
        rows = taps(source.height(), result.height());
        sourceRow = new byte[source.width() * channels];
        line = new float[result.width() * channels];
        sums = new float[result.height()][];
        samples = new byte[Math.toIntExact(result.pixels() * channels)];
    }

    /** Takes the next rows of the source: unsigned bytes, the channels of a pixel together. */
    public void add(ByteBuffer next) {
        while (next.hasRemaining()) {
            next.get(sourceRow);
            addRow();
            rowsRead++;
            while (rowsDone < rows.length && rows[rowsDone].end() <= rowsRead) {
                finishRow();
            }
        }
    }

    private void addRow() {
        for (int x = 0; x < columns.length; x++) {
            for (int channel = 0; channel < channels; channel++) {
                line[x * channels + channel] = columns[x].sum(sourceRow, channel, channels);
            }
        }
        for (int y = rowsDone; y < rows.length && rows[y].start() <= rowsRead; y++) {
            if (sums[y] == null) {
                sums[y] = new float[line.length];
            }
            float weight = rows[y].weights()[rowsRead - rows[y].start()];
            float[] sum = sums[y];
            for (int i = 0; i < line.length; i++) {
                sum[i] += line[i] * weight;
            }
        }
    }

    private void finishRow() {
        int to = rowsDone * line.length;
        for (float sum : sums[rowsDone]) {
            samples[to++] = (byte) Math.max(0, Math.min(BRIGHTEST, Math.round(sum)));
        }
        sums[rowsDone++] = null;
    }

    /** All of them, once all rows were taken. */
    public byte[] samples() {
        if (rowsDone != result.height()) {
            throw new IllegalStateException(
                    "resampling: expected %d rows, found %d".formatted(result.height(), rowsDone));
        }
        return samples;
    }

    private static Taps[] taps(int source, int result) {
        double step = (double) source / result;
        double widening = Math.max(1, step);
        Taps[] taps = new Taps[result];
        for (int i = 0; i < result; i++) {
            double center = (i + 0.5) * step;
            int start = (int) Math.max(0, Math.ceil(center - REACH * widening - 0.5));
            int end = (int) Math.min(source, Math.floor(center + REACH * widening + 0.5));
            double[] weights = new double[end - start];
            for (int tap = 0; tap < weights.length; tap++) {
                weights[tap] = mitchell((start + tap + 0.5 - center) / widening);
            }
            taps[i] = Taps.of(start, weights);
        }
        return taps;
    }

    private static double mitchell(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return (7 * x * x * x - 12 * x * x + 16 / 3.0) / 6;
        }
        return x < REACH ? (-7 / 3.0 * x * x * x + 12 * x * x - 20 * x + 32 / 3.0) / 6 : 0;
    }

    /** The samples of the source that one of the result is made of: the first one, and how much each of them counts. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Taps(int start, float[] weights) {

        /** Weights that add up to 1, also where the border cuts the filter. */
        static Taps of(int start, double[] weights) {
            double sum = Arrays.stream(weights).sum();
            float[] parts = new float[weights.length];
            for (int tap = 0; tap < parts.length; tap++) {
                parts[tap] = (float) (weights[tap] / sum);
            }
            return new Taps(start, parts);
        }

        int end() {
            return start + weights.length;
        }

        float sum(byte[] samples, int channel, int channels) {
            float sum = 0;
            int from = start * channels + channel;
            for (float weight : weights) {
                sum += (samples[from] & 0xFF) * weight;
                from += channels;
            }
            return sum;
        }
    }
}
