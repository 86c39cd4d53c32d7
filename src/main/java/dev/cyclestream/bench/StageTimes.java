package dev.cyclestream.bench;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.TranslationMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Keeps what each image took. */
final class StageTimes implements TranslationMetrics {

    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Stages> images = new ArrayList<>();

    @Override
    public synchronized void translated(Direction direction, Stages stages) {
        images.add(stages);
    }

    /** Forgets all images so far. */
    synchronized void clear() {
        images.clear();
    }

    /** Mean milliseconds of an image in each stage. */
    synchronized Map<String, Double> meanMillis() {
        Map<String, Double> means = new LinkedHashMap<>();
        means.put("decode", mean(Stages::decode));
        means.put("queue", mean(Stages::queue));
        means.put("inference", mean(Stages::inference));
        means.put("encode", mean(Stages::encode));
        return means;
    }

    private double mean(Function<Stages, Duration> stage) {
        return images.stream()
                .mapToDouble(image -> millis(stage.apply(image)))
                .average()
                .orElse(0);
    }

    /** Milliseconds from the encoded input to the encoded result that this share of the images kept within. */
    synchronized double percentileMillis(double share) {
        List<Double> sorted =
                images.stream().map(image -> millis(image.total())).sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, rank - 1));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}
