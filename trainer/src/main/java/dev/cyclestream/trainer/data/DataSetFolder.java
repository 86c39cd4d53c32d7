package dev.cyclestream.trainer.data;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.image.ImageFiles;
import dev.cyclestream.trainer.domain.Domain;
import dev.cyclestream.trainer.network.ResnetGenerator;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder of a data set, which is checked when it is opened.
 *
 * @param root that holds {@code trainA}, {@code trainB} and so on
 */
public record DataSetFolder(Path root) {

    /**
     * Lists the folders and decodes every picture once; keeps the training pictures in memory as long as they fit.
     *
     * @param augmentation what the pictures must be large enough for
     * @param smallestImage side of the smallest training image that the networks take, where pictures are not resized
     * @param maxImages training images of each domain to take, the first ones, at least 2; others are not looked at
     * @throws InvalidDataException that lists all that is wrong: a folder missing or with fewer than two images, the same
     *     pictures in both, files that are damaged or no images, pictures that are too small, or of one colour throughout
     */
    public DataSet openForTraining(Augmentation augmentation, int smallestImage, int maxImages) throws IOException {
        DataSet data = list(augmentation, maxImages, LoadedPictures.MOST_BYTES);
        DataSetCheck.require(data, smallestImage);
        return data;
    }

    /**
     * As {@link #openForTraining} does, all of it, but keeps no picture: evaluation looks at each training picture once.
     *
     * @throws InvalidDataException as there
     */
    public DataSet openForEvaluation(Augmentation augmentation) throws IOException {
        DataSet data = list(augmentation, Integer.MAX_VALUE, 0);
        DataSetCheck.require(data, ResnetGenerator.SMALLEST_SIDE);
        return data;
    }

    /**
     * Pictures of a domain that nothing is learned from; none if the folder is not there.
     *
     * @param augmentation what they must be large enough for
     * @throws InvalidDataException that lists those that are damaged, no images or too small
     */
    public List<Path> testPictures(Domain domain, Augmentation augmentation) throws IOException {
        List<Path> files =
                images(root.resolve(domain == Domain.A ? "testA" : "testB"), Integer.MAX_VALUE, new ArrayList<>());
        DataSetCheck.requireSound(files, augmentation);
        return files;
    }

    private DataSet list(Augmentation augmentation, int maxImages, long mostBytesKept) throws IOException {
        if (maxImages < DataSetCheck.FEWEST_IMAGES) {
            throw new WrongSetUpException(
                    "max images: expected at least %d, found %d".formatted(DataSetCheck.FEWEST_IMAGES, maxImages));
        }
        if (!Files.isDirectory(root)) {
            throw new InvalidDataException("%s: expected a folder with trainA and trainB, found %s"
                    .formatted(root, Files.exists(root) ? "a file" : "nothing"));
        }
        List<Path> hidden = new ArrayList<>();
        return new DataSet(
                root,
                augmentation,
                images(root.resolve("trainA"), maxImages, hidden),
                images(root.resolve("trainB"), maxImages, hidden),
                images(root.resolve("testA"), Integer.MAX_VALUE, hidden),
                images(root.resolve("testB"), Integer.MAX_VALUE, hidden),
                hidden,
                new LoadedPictures(augmentation, mostBytesKept));
    }

    private static List<Path> images(Path folder, int most, List<Path> hidden) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            ImageFiles found = ImageFiles.below(folder);
            hidden.addAll(found.passedOver());
            return found.files().stream().limit(most).toList();
        } catch (AccessDeniedException e) {
            throw new InvalidDataException(
                    e.getFile() + ": expected a folder that may be read, found one that may not", e);
        }
    }
}
