package dev.cyclestream.trainer.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.PictureTensors;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.loss.AdversarialLoss;
import dev.cyclestream.trainer.network.Layer;
import dev.cyclestream.trainer.network.Layer.Convolution;
import dev.cyclestream.trainer.network.Layer.LeakyRelu;
import dev.cyclestream.trainer.network.Network;
import dev.cyclestream.trainer.pytorch.Adam;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A small network that learned to tell images of B from images of A: four strided convolutions, whose mean over all places
 * is an image's features, and one linear unit. No norm layer, since absolute colours tell domains apart. Owns its native
 * memory.
 */
final class DomainClassifier implements FeatureExtractor, AutoCloseable {

    static final int FEATURES = 96;

    private static final int[] CHANNELS = {Picture.CHANNELS, 24, 48, 96, FEATURES};
    private static final int KERNEL = 4;
    private static final double LEAKY_SLOPE = 0.2;
    private static final int STEPS = 1200;
    private static final int BATCH_OF_EACH = 16;
    private static final double LEARNING_RATE = 1e-3;
    private static final Adam.Betas BETAS = new Adam.Betas(0.9, 0.999);
    private static final double SHIFT = 1.0 / 64;
    private static final float INITIAL_DEVIATION_OF_NETWORKS = 0.02f;

    private final NDManager manager;
    private final TrainableNetwork body;
    private final TrainableNetwork head;
    private double featureScale = 1;

    private DomainClassifier(NDManager manager, Seed seed) {
        this.manager = manager;
        body = fresh(body(), manager, seed, 0);
        head = fresh(new Network(List.of(new Convolution(FEATURES, 1, 1, 1, 0))), manager, seed, 1);
    }

    /**
     * Learns from images of one size; the same images and seed give the same classifier on the same machine.
     *
     * @param imagesOfA of the training set
     * @param imagesOfB of the training set
     */
    static DomainClassifier train(List<Picture> imagesOfA, List<Picture> imagesOfB, Seed seed, NDManager manager) {
        DomainClassifier classifier = new DomainClassifier(manager, seed);
        List<NDArray> parameters = new ArrayList<>(classifier.body.parameters());
        parameters.addAll(classifier.head.parameters());
        try (Adam adam = new Adam(parameters, manager, BETAS)) {
            for (int step = 0; step < STEPS; step++) {
                RandomGenerator random = seed.stream(Seed.Purpose.CLASSIFIER_BATCH, step);
                List<Picture> batch = new ArrayList<>();
                draw(imagesOfA, random, batch);
                draw(imagesOfB, random, batch);
                classifier.learn(batch);
                adam.step(LEARNING_RATE * (STEPS - step) / STEPS);
            }
        }
        List<Picture> all = new ArrayList<>(imagesOfA);
        all.addAll(imagesOfB);
        classifier.featureScale = 1 / rootMeanSquare(classifier.features(all));
        return classifier;
    }

    private static double rootMeanSquare(List<double[]> rows) {
        return Math.sqrt(rows.stream()
                .flatMapToDouble(Arrays::stream)
                .map(value -> value * value)
                .average()
                .orElseThrow());
    }

    /** The probability that each picture is of domain B, 0 to 1. */
    List<Double> probabilitiesOfB(List<Picture> pictures) {
        List<Double> probabilities = new ArrayList<>();
        try (NDManager scope = manager.newSubManager()) {
            for (NDArray part : parts(scope, pictures)) {
                for (float logit : head.forward(pooled(part)).toFloatArray()) {
                    probabilities.add(1 / (1 + Math.exp(-logit)));
                }
            }
        }
        return probabilities;
    }

    /** Features scaled so that their mean square over the training images is 1. */
    @Override
    public List<double[]> features(List<Picture> pictures) {
        List<double[]> rows = new ArrayList<>();
        try (NDManager scope = manager.newSubManager()) {
            for (NDArray part : parts(scope, pictures)) {
                float[] values = pooled(part).toFloatArray();
                for (int start = 0; start < values.length; start += FEATURES) {
                    double[] row = new double[FEATURES];
                    for (int i = 0; i < FEATURES; i++) {
                        row[i] = values[start + i] * featureScale;
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static List<NDArray> parts(NDManager scope, List<Picture> pictures) {
        List<NDArray> parts = new ArrayList<>();
        for (int start = 0; start < pictures.size(); start += 2 * BATCH_OF_EACH) {
            List<Picture> part = pictures.subList(start, Math.min(pictures.size(), start + 2 * BATCH_OF_EACH));
            parts.add(PictureTensors.toTensor(scope, part));
        }
        return parts;
    }

    /** (N, 3, H, W) to (N, FEATURES, 1, 1). */
    private NDArray pooled(NDArray images) {
        return body.forward(images).mean(new int[] {2}, true).mean(new int[] {3}, true);
    }

    private void learn(List<Picture> batch) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDList logits =
                    head.forward(pooled(PictureTensors.toTensor(scope, batch))).split(2);
            collector.backward(
                    AdversarialLoss.LOG.of(logits.get(0), false).add(AdversarialLoss.LOG.of(logits.get(1), true)));
        }
    }

    /** Half of the pictures mirrored, and each moved a little over its mirrored border. */
    private static void draw(List<Picture> pictures, RandomGenerator random, List<Picture> batch) {
        for (int count = 0; count < BATCH_OF_EACH; count++) {
            Picture picture = pictures.get(random.nextInt(pictures.size()));
            int most = (int) (picture.width() * SHIFT);
            Picture moved = picture.shift(random.nextInt(-most, most + 1), random.nextInt(-most, most + 1));
            batch.add(random.nextBoolean() ? moved.flip() : moved);
        }
    }

    private static Network body() {
        List<Layer> layers = new ArrayList<>();
        for (int index = 1; index < CHANNELS.length; index++) {
            layers.add(new Convolution(CHANNELS[index - 1], CHANNELS[index], KERNEL, 2, 1));
            layers.add(new LeakyRelu(LEAKY_SLOPE));
        }
        return new Network(layers);
    }

    /** Weights that keep the variance of what runs through (He et al., ICCV 2015), which matters where no norm does. */
    private static TrainableNetwork fresh(Network network, NDManager manager, Seed seed, int index) {
        TrainableNetwork fresh =
                TrainableNetwork.fresh(network, manager, seed.stream(Seed.Purpose.CLASSIFIER_WEIGHTS, index));
        List<Layer.Weighted> layers = network.weightedLayers();
        for (int layer = 0; layer < layers.size(); layer++) {
            int inputs = layers.get(layer).inputChannels()
                    * layers.get(layer).kernel()
                    * layers.get(layer).kernel();
            double deviation = Math.sqrt(2.0 / inputs);
            fresh.parameters().get(2 * layer).muli(deviation / INITIAL_DEVIATION_OF_NETWORKS);
        }
        return fresh;
    }

    @Override
    public void close() {
        body.close();
        head.close();
    }
}
