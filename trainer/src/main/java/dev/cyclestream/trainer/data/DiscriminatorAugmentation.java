package dev.cyclestream.trainer.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.pytorch.NativeNumber;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Random changes to what a discriminator sees, real and fake alike and with gradients, so that it cannot learn a small data
 * set by heart while the generators never learn to make the changes themselves (Zhao et al., NeurIPS 2020, DiffAugment).
 *
 * @param changes done one after the other, in the order of {@link Change}; none leaves images as they are
 */
public record DiscriminatorAugmentation(List<Change> changes) {

    /** One kind of change, with the ranges of the authors' code. */
    public enum Change {

        /** Brightness up to 0.5 up or down, saturation 0 to 2 times, contrast 0.5 to 1.5 times. */
        COLOR {
            @Override
            NDArray apply(NDArray image, RandomGenerator random) {
                NDArray brightened = image.add(random.nextDouble() - 0.5);
                NDArray grey = brightened.mean(new int[] {1}, true); // (1, 1, H, W)
                NDArray saturated = brightened
                        .sub(grey)
                        .mul(NativeNumber.of(2 * random.nextDouble(), image))
                        .add(grey);
                NDArray mean = saturated.mean();
                return saturated
                        .sub(mean)
                        .mul(NativeNumber.of(random.nextDouble() + 0.5, image))
                        .add(mean);
            }
        },

        /** Moved by up to an eighth of the size in each direction; what becomes free is 0, a middle grey. */
        TRANSLATION {
            @Override
            NDArray apply(NDArray image, RandomGenerator random) {
                long height = image.getShape().get(2);
                long width = image.getShape().get(3);
                long mostY = (height + 4) / 8;
                long mostX = (width + 4) / 8;
                long top = random.nextLong(2 * mostY + 1);
                long left = random.nextLong(2 * mostX + 1);
                return image.pad(new Shape(mostX, mostX, mostY, mostY), 0)
                        .get(new NDIndex(":, :, {}:{}, {}:{}", top, top + height, left, left + width));
            }
        },

        /** A rectangle of half the height and half the width, anywhere, set to 0. */
        CUTOUT {
            @Override
            NDArray apply(NDArray image, RandomGenerator random) {
                long height = image.getShape().get(2);
                long width = image.getShape().get(3);
                long top = random.nextLong(height) - height / 4;
                long left = random.nextLong(width) - width / 4;
                NDArray mask = image.getManager().ones(new Shape(1, 1, height, width), image.getDataType());
                mask.set(
                        new NDIndex(
                                ":, :, {}:{}, {}:{}",
                                Math.max(0, top),
                                Math.min(height, top + height / 2),
                                Math.max(0, left),
                                Math.min(width, left + width / 2)),
                        0);
                return image.mul(mask);
            }
        };

        /** Changes one image (1, 3, H, W) in [-1, 1]. */
        abstract NDArray apply(NDArray image, RandomGenerator random);

        /** As the command line spells it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Images as they are, as in the paper. */
    public static final DiscriminatorAugmentation NONE = new DiscriminatorAugmentation(List.of());

    public DiscriminatorAugmentation {
        changes = List.copyOf(new TreeSet<>(changes));
    }

    /**
     * Changes each image on its own.
     *
     * @param images (N, 3, H, W) in [-1, 1]
     * @return the same shape; values may leave the range
     */
    public NDArray apply(NDArray images, RandomGenerator random) {
        if (changes.isEmpty()) {
            return images;
        }
        NDList changed = new NDList();
        for (NDArray image : images.split(images.getShape().get(0))) {
            NDArray result = image;
            for (Change change : changes) {
                result = change.apply(result, random);
            }
            changed.add(result);
        }
        return changed.size() == 1 ? changed.get(0) : NDArrays.concat(changed, 0);
    }
}
