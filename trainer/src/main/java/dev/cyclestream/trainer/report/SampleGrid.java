package dev.cyclestream.trainer.report;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.data.PictureTensors;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A few images of each domain, always the same, that the generators are tried on while they learn. */
public final class SampleGrid {

    private static final int ROWS = 8;

    private final List<Picture> picturesOfA;
    private final List<Picture> picturesOfB;

    private SampleGrid(List<Picture> picturesOfA, List<Picture> picturesOfB) {
        this.picturesOfA = picturesOfA;
        this.picturesOfB = picturesOfB;
    }

    /** Takes images that training does not see, if the data set has any, spread over the whole folder. */
    public static SampleGrid of(DataSet data) throws IOException {
        return new SampleGrid(
                choose(data.testA().isEmpty() ? data.trainA() : data.testA(), data.augmentation()),
                choose(data.testB().isEmpty() ? data.trainB() : data.testB(), data.augmentation()));
    }

    /** Runs the images through both generators. */
    public Samples draw(TrainableNetwork generatorAToB, TrainableNetwork generatorBToA, NDManager manager) {
        return new Samples(
                rows(picturesOfA, generatorAToB, generatorBToA, manager),
                rows(picturesOfB, generatorBToA, generatorAToB, manager));
    }

    private static List<SampleRow> rows(
            List<Picture> inputs, TrainableNetwork there, TrainableNetwork back, NDManager manager) {
        return inputs.stream().map(input -> row(input, there, back, manager)).toList();
    }

    private static SampleRow row(Picture input, TrainableNetwork there, TrainableNetwork back, NDManager manager) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray image = PictureTensors.toTensor(scope, List.of(input));
            NDArray translated = there.forward(image);
            return new SampleRow(
                    input, picture(translated), picture(back.forward(translated)), picture(back.forward(image)));
        }
    }

    private static Picture picture(NDArray tensor) {
        return PictureTensors.toPictures(tensor).get(0);
    }

    private static List<Picture> choose(List<Path> files, Augmentation augmentation) throws IOException {
        List<Picture> chosen = new ArrayList<>();
        int count = Math.min(ROWS, files.size());
        for (int index = 0; index < count; index++) {
            Path file = files.get(index * files.size() / count);
            chosen.add(augmentation.readWithoutChance(file));
        }
        return List.copyOf(chosen);
    }
}
