package dev.cyclestream.trainer.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An unpaired data set on disk: the folders {@code trainA} and {@code trainB}, and {@code testA} and {@code testB} if
 * there are any. Files are in the order of their paths.
 */
public record DataSet(Path root, List<Path> trainA, List<Path> trainB, List<Path> testA, List<Path> testB) {

    static final int FEWEST_IMAGES = 2;

    public DataSet {
        trainA = List.copyOf(trainA);
        trainB = List.copyOf(trainB);
        testA = List.copyOf(testA);
        testB = List.copyOf(testB);
    }

    /**
     * Lists the folders and decodes every picture once.
     *
     * @param augmentation what the pictures must be large enough for
     * @throws InvalidDataException that lists all that is wrong: a folder missing or with fewer than two images, the same
     *     pictures in both, files that are damaged or no images, pictures that are too small, or of one colour throughout
     */
    public static DataSet open(Path root, Augmentation augmentation) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new InvalidDataException("%s: expected a folder with trainA and trainB, found %s"
                    .formatted(root, Files.exists(root) ? "a file" : "nothing"));
        }
        DataSet data = new DataSet(
                root,
                images(root.resolve("trainA")),
                images(root.resolve("trainB")),
                images(root.resolve("testA")),
                images(root.resolve("testB")));
        DataSetCheck.require(data, augmentation);
        return data;
    }

    /** The same data set with at most so many training images of each domain, the first ones. */
    public DataSet limitedTo(int images) {
        if (images < FEWEST_IMAGES) {
            throw new IllegalArgumentException(
                    "max images: expected at least %d, found %d".formatted(FEWEST_IMAGES, images));
        }
        return new DataSet(
                root,
                trainA.subList(0, Math.min(images, trainA.size())),
                trainB.subList(0, Math.min(images, trainB.size())),
                testA,
                testB);
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

    private static List<Path> images(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
