package dev.cyclestream.trainer.data;

import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Chooses and prepares the training images of each step, as the authors' code does: the images of A in a new order each
 * epoch, beside each a random image of B. What a step gets depends on the seed and its number only. May be used by several
 * threads.
 */
public final class UnpairedSampler {

    private final DataSet data;
    private final int batchSize;
    private final Seed seed;
    private long shuffledEpoch = -1;
    private List<Integer> order = List.of();

    /** As many images of A as of B, which have nothing to do with each other. */
    public record UnpairedImages(List<Picture> a, List<Picture> b) {
        public UnpairedImages {
            a = List.copyOf(a);
            b = List.copyOf(b);
        }
    }

    /** @param batchSize images of each domain in a step */
    public UnpairedSampler(DataSet data, int batchSize, Seed seed) {
        this.data = data;
        this.batchSize = batchSize;
        this.seed = seed;
    }

    /** The images of the step with this index, counted from 0. */
    public UnpairedImages images(long step) throws IOException {
        List<Picture> imagesOfA = new ArrayList<>();
        List<Picture> imagesOfB = new ArrayList<>();
        for (long position = step * batchSize; position < (step + 1) * batchSize; position++) {
            int indexOfB = seed.stream(Seed.Purpose.CHOICE_OF_B, position)
                    .nextInt(data.trainB().size());
            RandomGenerator random = seed.stream(Seed.Purpose.AUGMENTATION, position);
            imagesOfA.add(prepare(data.trainA().get(indexOfA(position)), random));
            imagesOfB.add(prepare(data.trainB().get(indexOfB), random));
        }
        return new UnpairedImages(imagesOfA, imagesOfB);
    }

    private Picture prepare(Path file, RandomGenerator random) throws IOException {
        return data.augmentation().cut(data.pictures().get(file), random);
    }

    private synchronized int indexOfA(long position) {
        int epochLength = data.imagesInEpoch();
        long epoch = position / epochLength;
        if (epoch != shuffledEpoch) {
            List<Integer> indices = new ArrayList<>();
            for (int index = 0; index < epochLength; index++) {
                indices.add(index);
            }
            Collections.shuffle(
                    indices,
                    new Random(seed.stream(Seed.Purpose.ORDER_OF_A, epoch).nextLong()));
            order = indices;
            shuffledEpoch = epoch;
        }
        return order.get((int) (position % epochLength)) % data.trainA().size();
    }
}
