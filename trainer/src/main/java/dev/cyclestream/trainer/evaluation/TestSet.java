package dev.cyclestream.trainer.evaluation;

import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The images that evaluation uses, at the size that the networks were trained with.
 *
 * @param testA by their names, which are their paths below the folder without the ending
 * @param testB by their names
 * @param trainA for the classifier
 * @param trainB for the classifier
 */
record TestSet(Map<String, Picture> testA, Map<String, Picture> testB, List<Picture> trainA, List<Picture> trainB) {

    private static final int FEWEST_IMAGES = 2;

    static TestSet read(DataSet data) throws IOException {
        Augmentation augmentation = data.augmentation();
        if (data.testA().size() < FEWEST_IMAGES || data.testB().size() < FEWEST_IMAGES) {
            throw new InvalidDataException("%s: expected at least %d images each in testA and testB, found %d and %d"
                    .formatted(
                            data.root(),
                            FEWEST_IMAGES,
                            data.testA().size(),
                            data.testB().size()));
        }
        return new TestSet(
                named(data.root().resolve("testA"), data.testA(), augmentation),
                named(data.root().resolve("testB"), data.testB(), augmentation),
                List.copyOf(named(data.root(), data.trainA(), augmentation).values()),
                List.copyOf(named(data.root(), data.trainB(), augmentation).values()));
    }

    private static Map<String, Picture> named(Path folder, List<Path> files, Augmentation augmentation)
            throws IOException {
        Map<String, Picture> pictures = new LinkedHashMap<>();
        for (Path file : files) {
            String name = folder.relativize(file).toString().replaceFirst("\\.[^.]*$", "");
            pictures.put(name, augmentation.readWithoutChance(file));
        }
        return pictures;
    }
}
