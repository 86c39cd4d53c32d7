package dev.cyclestream.trainer.report;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.data.Picture;
import dev.cyclestream.trainer.data.PictureFile;
import dev.cyclestream.trainer.data.PictureTensors;
import dev.cyclestream.trainer.network.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the generators make of a few images, always the same: a row holds an image of A, its translation, and the way
 * back, then the same for an image of B.
 */
public final class SampleGrid {

    private static final int ROWS = 8;

    private final List<Picture> picturesOfA;
    private final List<Picture> picturesOfB;

    private SampleGrid(List<Picture> picturesOfA, List<Picture> picturesOfB) {
        this.picturesOfA = picturesOfA;
        this.picturesOfB = picturesOfB;
    }

    /** Takes images that training does not see, if the data set has any, spread over the whole folder. */
    public static SampleGrid of(DataSet data, Augmentation augmentation) throws IOException {
        return new SampleGrid(
                choose(data.testA().isEmpty() ? data.trainA() : data.testA(), augmentation),
                choose(data.testB().isEmpty() ? data.trainB() : data.testB(), augmentation));
    }

    /** Runs the images through both generators. */
    public PictureSheet draw(TrainableNetwork generatorAToB, TrainableNetwork generatorBToA, NDManager manager) {
        PictureSheet sheet = new PictureSheet();
        for (int row = 0; row < Math.min(picturesOfA.size(), picturesOfB.size()); row++) {
            List<Picture> cells = new ArrayList<>();
            cells.addAll(roundTrip(picturesOfA.get(row), generatorAToB, generatorBToA, manager));
            cells.addAll(roundTrip(picturesOfB.get(row), generatorBToA, generatorAToB, manager));
            sheet.addRow(cells);
        }
        return sheet;
    }

    private static List<Picture> roundTrip(
            Picture input, TrainableNetwork there, TrainableNetwork back, NDManager manager) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray translated = there.forward(PictureTensors.toTensor(scope, List.of(input)));
            NDArray returned = back.forward(translated);
            return List.of(
                    input,
                    PictureTensors.toPictures(translated).get(0),
                    PictureTensors.toPictures(returned).get(0));
        }
    }

    private static List<Picture> choose(List<Path> files, Augmentation augmentation) throws IOException {
        List<Picture> chosen = new ArrayList<>();
        int count = Math.min(ROWS, files.size());
        for (int index = 0; index < count; index++) {
            Path file = files.get(index * files.size() / count);
            chosen.add(augmentation.withoutChance(PictureFile.read(file)));
        }
        return List.copyOf(chosen);
    }
}
