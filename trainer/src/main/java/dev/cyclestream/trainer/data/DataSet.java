package dev.cyclestream.trainer.data;

import dev.cyclestream.image.ImageFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
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

    public DataSet {
        trainA = List.copyOf(trainA);
        trainB = List.copyOf(trainB);
        testA = List.copyOf(testA);
        testB = List.copyOf(testB);
        hidden = List.copyOf(hidden);
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
}
