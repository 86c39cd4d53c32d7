package dev.cyclestream.trainer.data;

import dev.cyclestream.image.ImageFiles;
import dev.cyclestream.trainer.InvalidSettingException;
import dev.cyclestream.trainer.network.ResnetGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An unpaired data set on disk: the folders {@code trainA} and {@code trainB}, and {@code testA} and {@code testB} if
 * there are any. Files are in the order of their paths.
 *
 * @param augmentation how its pictures become training images
 * @param hidden what was not looked at, see {@link ImageFiles}
 * @param pictures the training pictures
 */
public record DataSet(
        Path root,
        Augmentation augmentation,
        List<Path> trainA,
        List<Path> trainB,
        List<Path> testA,
        List<Path> testB,
        List<Path> hidden,
        LoadedPictures pictures) {

    /** The folders of a data set. */
    public static final List<String> FOLDERS = List.of("trainA", "trainB", "testA", "testB");

    static final int FEWEST_IMAGES = 2;

    public DataSet {
        trainA = List.copyOf(trainA);
        trainB = List.copyOf(trainB);
        testA = List.copyOf(testA);
        testB = List.copyOf(testB);
        hidden = List.copyOf(hidden);
    }

    /**
     * Lists the folders and decodes every picture once; keeps the training pictures in memory as long as they fit.
     *
     * @param augmentation what the pictures must be large enough for
     * @param smallestImage side of the smallest training image that the networks take, where pictures are not resized
     * @param maxImages training images of each domain to take, the first ones, at least 2; others are not looked at
     * @throws InvalidDataException that lists all that is wrong: a folder missing or with fewer than two images, the same
     *     pictures in both, files that are damaged or no images, pictures that are too small, or of one colour throughout
     */
    public static DataSet openForTraining(Path root, Augmentation augmentation, int smallestImage, int maxImages)
            throws IOException {
        DataSet data = list(root, augmentation, maxImages, LoadedPictures.MOST_BYTES);
        DataSetCheck.require(data, smallestImage);
        return data;
    }

    /**
     * As {@link #openForTraining} does, all of it, but keeps no picture: evaluation looks at each training picture once.
     *
     * @throws InvalidDataException as there
     */
    public static DataSet openForEvaluation(Path root, Augmentation augmentation) throws IOException {
        DataSet data = list(root, augmentation, Integer.MAX_VALUE, 0);
        DataSetCheck.require(data, ResnetGenerator.SMALLEST_SIDE);
        return data;
    }

    private static DataSet list(Path root, Augmentation augmentation, int maxImages, long mostBytesKept)
            throws IOException {
        if (maxImages < FEWEST_IMAGES) {
            throw new InvalidSettingException(
                    "max images: expected at least %d, found %d".formatted(FEWEST_IMAGES, maxImages));
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

    /** One line, for people, on what is hidden, left by tools, or a link that leads back up; empty if nothing is. */
    public Optional<String> passedOver() {
        return ImageFiles.describe(root, hidden);
    }

    /** SHA-256 over names and contents of all training images, in hexadecimal: the same data give the same. */
    public String fingerprint() throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (List<Path> domain : List.of(trainA, trainB)) {
            for (Path file : domain) {
                digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return Hex.encodeHexString(digest.digest());
    }

    /** Images of each domain after which every training image was seen at least once. */
    public int imagesInEpoch() {
        return Math.max(trainA.size(), trainB.size());
    }

    /** Steps of one batch a domain after which every training image was seen at least once. */
    public int epochLength(int batchSize) {
        return (imagesInEpoch() + batchSize - 1) / batchSize;
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
