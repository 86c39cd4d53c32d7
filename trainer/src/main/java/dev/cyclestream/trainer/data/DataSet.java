package dev.cyclestream.trainer.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An unpaired data set on disk: the folders {@code trainA} and {@code trainB}, and {@code testA} and {@code testB} if
 * there are any. Files are in the order of their paths.
 */
public record DataSet(Path root, List<Path> trainA, List<Path> trainB, List<Path> testA, List<Path> testB) {

    private static final int FEWEST_IMAGES = 2;

    public DataSet {
        trainA = List.copyOf(trainA);
        trainB = List.copyOf(trainB);
        testA = List.copyOf(testA);
        testB = List.copyOf(testB);
    }

    /**
     * Lists the folders and looks into every file.
     *
     * @throws InvalidDataException if a training folder is missing, holds fewer than two images, or any file is no image
     */
    public static DataSet open(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new InvalidDataException("%s: expected a folder with trainA and trainB, found %s"
                    .formatted(root, Files.exists(root) ? "a file" : "nothing"));
        }
        DataSet data = new DataSet(
                root,
                trainingImages(root.resolve("trainA")),
                trainingImages(root.resolve("trainB")),
                images(root.resolve("testA")),
                images(root.resolve("testB")));
        data.requireImages();
        return data;
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

    /** Steps of one image a domain after which every training image was seen at least once. */
    public int epochLength() {
        return Math.max(trainA.size(), trainB.size());
    }

    private void requireImages() throws IOException {
        List<String> faults = new ArrayList<>();
        for (List<Path> files : List.of(trainA, trainB, testA, testB)) {
            for (Path file : files) {
                try {
                    PictureFile.requireImage(file);
                } catch (InvalidDataException e) {
                    faults.add(e.getMessage());
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidDataException(String.join("\n", faults));
        }
    }

    private static List<Path> trainingImages(Path folder) throws IOException {
        List<Path> files = images(folder);
        if (files.size() < FEWEST_IMAGES) {
            throw new InvalidDataException(
                    "%s: expected at least %d images, found %d".formatted(folder, FEWEST_IMAGES, files.size()));
        }
        return files;
    }

    private static List<Path> images(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
