package dev.cyclestream.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Chooses and prepares the two training images of each step, as the authors' code does: the images of A in a new order
 * each epoch, beside each a random image of B. What a step gets depends on the seed and its number only.
 */
public final class UnpairedSampler {

    private final DataSet data;
    private final Augmentation augmentation;
    private final Seed seed;
    private long shuffledEpoch = -1;
    private List<Integer> order = List.of();

    /** Two images that have nothing to do with each other. */
    public record UnpairedImages(Picture a, Picture b) {}

    public UnpairedSampler(DataSet data, Augmentation augmentation, Seed seed) {
        this.data = data;
        this.augmentation = augmentation;
        this.seed = seed;
    }

    /** The images of the step with this index, counted from 0. */
    public UnpairedImages images(long step) throws IOException {
        int epochLength = data.epochLength();
        int indexOfA = order(step / epochLength).get((int) (step % epochLength))
                % data.trainA().size();
        int indexOfB = seed.stream(Seed.Purpose.CHOICE_OF_B, step)
                .nextInt(data.trainB().size());
        RandomGenerator random = seed.stream(Seed.Purpose.AUGMENTATION, step);
        return new UnpairedImages(
                prepare(data.trainA().get(indexOfA), random),
                prepare(data.trainB().get(indexOfB), random));
    }

    private Picture prepare(Path file, RandomGenerator random) throws IOException {
        return augmentation.apply(PictureFile.read(file), random);
    }

    private List<Integer> order(long epoch) {
        if (epoch != shuffledEpoch) {
            List<Integer> indices = new ArrayList<>();
            for (int index = 0; index < data.epochLength(); index++) {
                indices.add(index);
            }
            Collections.shuffle(
                    indices,
                    new Random(seed.stream(Seed.Purpose.ORDER_OF_A, epoch).nextLong()));
            order = indices;
            shuffledEpoch = epoch;
        }
        return order;
    }
}
