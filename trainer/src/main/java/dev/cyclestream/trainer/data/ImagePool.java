package dev.cyclestream.trainer.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.failure.WrongSetUpException;
import java.util.random.RandomGenerator;

/**
 * A history of fakes, so that a discriminator does not forget what the generator did earlier (Shrivastava et al., CVPR
 * 2017; section 4 of the paper). Owns the images that it keeps.
 */
public final class ImagePool implements AutoCloseable {

    /** Size in the paper. */
    public static final int PAPER_SIZE = 50;

    private final int capacity;
    private final NDManager owner;
    private final NDList images = new NDList();

    /** @param capacity images to keep; 0 shows every fake as it comes */
    public ImagePool(int capacity, NDManager parent) {
        if (capacity < 0) {
            throw new WrongSetUpException("pool size: expected 0 or more, found " + capacity);
        }
        this.capacity = capacity;
        this.owner = parent.newSubManager();
    }

    /**
     * Takes new fakes and gives as many to show. While the pool fills, each is kept and shown; then each is, by the toss
     * of a coin, either shown and forgotten, or kept in the place of a random older one that is shown instead.
     *
     * @param fakes (N, 3, H, W), without gradient
     * @return (N, 3, H, W), belonging to the fakes' manager
     */
    public NDArray exchange(NDArray fakes, RandomGenerator random) {
        if (capacity == 0) {
            return fakes;
        }
        NDList shown = new NDList();
        for (NDArray fake : fakes.split(fakes.getShape().get(0))) {
            shown.add(exchangeOne(fake, random));
        }
        return shown.size() == 1 ? shown.get(0) : NDArrays.concat(shown, 0);
    }

    private NDArray exchangeOne(NDArray fake, RandomGenerator random) {
        if (images.size() < capacity) {
            images.add(keep(fake));
            return fake;
        }
        if (random.nextBoolean()) {
            return fake;
        }
        int place = random.nextInt(capacity);
        NDArray old = images.set(place, keep(fake));
        old.attach(fake.getManager());
        return old;
    }

    private NDArray keep(NDArray fake) {
        NDArray copy = fake.duplicate();
        copy.attach(owner);
        return copy;
    }

    /** The images that are kept, oldest place first, each (1, 3, H, W); they stay owned by the pool. */
    public NDList images() {
        return new NDList(images);
    }

    /** Takes up where another run stopped, with copies of its images. */
    public void restore(NDList kept) {
        images.close();
        kept.forEach(image -> images.add(keep(image)));
    }

    @Override
    public void close() {
        owner.close();
    }
}
