package dev.cyclestream.trainer.evaluation;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.picture.BicubicResampler;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.picture.PictureDistance;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.evaluation.Evaluation.Brackets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Judges generators on the test images of a data set. Trains its classifier once, when it is made; owns its native memory.
 */
public final class Evaluator implements AutoCloseable {

    private static final int LARGEST_CLASSIFIED_SIDE = 64;
    private static final double THOUSAND = 1000;
    private static final int BATCH = 8;

    private final TestSet images;
    private final DomainClassifier classifier;
    private final Optional<FeatureExtractor> extractor;

    /** The translations of both directions, and the figures. */
    public record Result(Evaluation evaluation, List<Translation> aToB, List<Translation> bToA) {
        public Result {
            aToB = List.copyOf(aToB);
            bToA = List.copyOf(bToA);
        }
    }

    private Evaluator(TestSet images, DomainClassifier classifier, Optional<FeatureExtractor> extractor) {
        this.images = images;
        this.classifier = classifier;
        this.extractor = extractor;
    }

    /**
     * Reads all images and trains the classifier.
     *
     * @param seed of the classifier
     * @param extractor of features for the Fréchet and another kernel distance, if any
     * @throws dev.cyclestream.trainer.data.InvalidDataException if testA or testB has fewer than two images
     */
    public static Evaluator of(DataSet data, Seed seed, Optional<FeatureExtractor> extractor, NDManager manager)
            throws IOException {
        TestSet images = TestSet.read(data);
        DomainClassifier classifier =
                DomainClassifier.train(classified(images.trainA()), classified(images.trainB()), seed, manager);
        return new Evaluator(images, classifier, extractor);
    }

    /** Translates all test images there and back. */
    public Result evaluate(Translator aToB, Translator bToA) {
        List<Translation> ofA = translate(images.testA(), images.testB(), aToB, bToA, score -> score);
        List<Translation> ofB = translate(images.testB(), images.testA(), bToA, aToB, score -> 1 - score);
        Evaluation evaluation = new Evaluation(
                brackets(ofA, values(images.testB()), images.trainB(), score -> score),
                brackets(ofB, values(images.testA()), images.trainA(), score -> 1 - score),
                ofA.size(),
                ofB.size(),
                accuracy());
        return new Result(evaluation, ofA, ofB);
    }

    private List<Translation> translate(
            Map<String, Picture> inputs,
            Map<String, Picture> targets,
            Translator there,
            Translator back,
            ToDoubleFunction<Double> targetScore) {
        List<Picture> pictures = values(inputs);
        List<Picture> translated = inBatches(there, pictures);
        List<Picture> returned = inBatches(back, translated);
        List<Double> scores = classifier.probabilitiesOfB(classified(translated));
        List<Translation> translations = new ArrayList<>();
        for (String name : inputs.keySet()) {
            int index = translations.size();
            translations.add(new Translation(
                    name,
                    pictures.get(index),
                    translated.get(index),
                    returned.get(index),
                    Optional.ofNullable(targets.get(name)),
                    targetScore.applyAsDouble(scores.get(index))));
        }
        return translations;
    }

    private static List<Picture> inBatches(Translator translator, List<Picture> pictures) {
        List<Picture> results = new ArrayList<>();
        List<Picture> batch = new ArrayList<>();
        for (Picture picture : pictures) {
            boolean fits = batch.isEmpty() || batch.get(0).hasSizeOf(picture);
            if (batch.size() == BATCH || !fits) {
                results.addAll(translator.translate(batch));
                batch.clear();
            }
            batch.add(picture);
        }
        results.addAll(translator.translate(batch));
        return results;
    }

    private Brackets brackets(
            List<Translation> translations,
            List<Picture> realTargets,
            List<Picture> trainingTargets,
            ToDoubleFunction<Double> targetScore) {
        List<Picture> inputs = translations.stream().map(Translation::input).toList();
        List<Picture> translated =
                translations.stream().map(Translation::translated).toList();
        Map<Figure, Double> figures = distributions(translated, realTargets, targetScore);
        Map<Figure, Double> untranslated = distributions(inputs, realTargets, targetScore);
        Map<Figure, Double> real = distributions(trainingTargets, realTargets, targetScore);
        real.put(Figure.DOMAIN_SCORE, domainScore(realTargets, targetScore)); // of images that it did not learn from
        figures.put(Figure.CYCLE_L1, mean(translations, one -> PictureDistance.l1(one.input(), one.returned())));
        List<Translation> paired =
                translations.stream().filter(Evaluator::isPaired).toList();
        if (!paired.isEmpty()) {
            figures.put(Figure.L1, mean(paired, one -> PictureDistance.l1(one.translated(), truth(one))));
            figures.put(Figure.SSIM, mean(paired, one -> PictureDistance.ssim(one.translated(), truth(one))));
            untranslated.put(Figure.L1, mean(paired, one -> PictureDistance.l1(one.input(), truth(one))));
            untranslated.put(Figure.SSIM, mean(paired, one -> PictureDistance.ssim(one.input(), truth(one))));
        }
        return new Brackets(figures, untranslated, real);
    }

    private Map<Figure, Double> distributions(
            List<Picture> pictures, List<Picture> realTargets, ToDoubleFunction<Double> targetScore) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.DOMAIN_SCORE, domainScore(pictures, targetScore));
        figures.put(
                Figure.KID,
                THOUSAND
                        * FeatureDistance.kernel(
                                classifier.features(classified(pictures)),
                                classifier.features(classified(realTargets))));
        extractor.ifPresent(given -> {
            List<double[]> found = given.features(pictures);
            List<double[]> expected = given.features(realTargets);
            figures.put(Figure.EXTRACTOR_KID, THOUSAND * FeatureDistance.kernel(found, expected));
            figures.put(Figure.EXTRACTOR_FID, FeatureDistance.frechet(found, expected));
        });
        return figures;
    }

    private double domainScore(List<Picture> pictures, ToDoubleFunction<Double> targetScore) {
        return mean(classifier.probabilitiesOfB(classified(pictures)), targetScore);
    }

    private double accuracy() {
        double rightOfA = mean(classifier.probabilitiesOfB(classified(values(images.testA()))), p -> p < 0.5 ? 1 : 0);
        double rightOfB = mean(classifier.probabilitiesOfB(classified(values(images.testB()))), p -> p < 0.5 ? 0 : 1);
        int countOfA = images.testA().size();
        int countOfB = images.testB().size();
        return (rightOfA * countOfA + rightOfB * countOfB) / (countOfA + countOfB);
    }

    private static boolean isPaired(Translation translation) {
        return translation.truth().filter(translation.input()::hasSizeOf).isPresent();
    }

    private static Picture truth(Translation translation) {
        return translation.truth().orElseThrow();
    }

    /** As the classifier sees them: squares, of at most 64 pixels a side. */
    private static List<Picture> classified(List<Picture> pictures) {
        return pictures.stream()
                .map(picture -> {
                    int side = Math.min(LARGEST_CLASSIFIED_SIDE, Math.min(picture.width(), picture.height()));
                    return BicubicResampler.resize(picture, side, side);
                })
                .toList();
    }

    private static List<Picture> values(Map<String, Picture> pictures) {
        return List.copyOf(pictures.values());
    }

    private static <T> double mean(List<T> items, ToDoubleFunction<? super T> value) {
        return items.stream().mapToDouble(value).average().orElseThrow();
    }

    @Override
    public void close() {
        classifier.close();
    }
}
