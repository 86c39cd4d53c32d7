package dev.cyclestream.trainer.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OrtException;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.PictureTensors;
import dev.cyclestream.trainer.pytorch.FiniteNumbers;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The difference between a checkpoint in ONNX Runtime and the network that was trained, for one batch.
 *
 * @param batch pictures at once
 * @param height of the pictures in pixels
 * @param width of the pictures in pixels
 * @param largestDifference of any sample, 0 to 255
 * @param meanDifference of all samples
 */
public record Parity(int batch, int height, int width, int largestDifference, double meanDifference) {

    private static final int SIZE_MULTIPLE = 4;

    /**
     * Compares both on the same pictures: the training size, an odd size, a batch of three.
     *
     * @throws ArithmeticException if the trained network gives no finite numbers
     */
    static List<Parity> measure(
            LoadedCheckpoint checkpoint, TrainableNetwork trained, NDManager manager, int trainingSize)
            throws OrtException {
        List<Parity> rows = new ArrayList<>();
        for (Batch batch : new LinkedHashSet<>(List.of(
                new Batch(1, trainingSize, trainingSize),
                new Batch(1, 64, 64),
                new Batch(1, 61, 87),
                new Batch(3, 49, 66)))) {
            List<Picture> pictures = TestPictures.draw(batch.count(), batch.width(), batch.height());
            rows.add(measure(checkpoint, trained, manager, pictures));
        }
        return rows;
    }

    private record Batch(int count, int height, int width) {}

    /** Compares both on pictures of one size. */
    static Parity measure(
            LoadedCheckpoint checkpoint, TrainableNetwork trained, NDManager manager, List<Picture> pictures)
            throws OrtException {
        List<Picture> found = checkpoint.translate(pictures);
        List<Picture> expected = translate(trained, manager, pictures);
        int largest = 0;
        double sum = 0;
        for (int index = 0; index < pictures.size(); index++) {
            largest = Math.max(largest, expected.get(index).largestDifference(found.get(index)));
            sum += expected.get(index).meanDifference(found.get(index));
        }
        Picture first = pictures.get(0);
        return new Parity(pictures.size(), first.height(), first.width(), largest, sum / pictures.size());
    }

    /** The trained network's translations of the pictures, mirrored at the bottom and right to a size that it takes. */
    private static List<Picture> translate(TrainableNetwork trained, NDManager manager, List<Picture> pictures) {
        Picture first = pictures.get(0);
        List<Picture> padded = pictures.stream().map(Parity::pad).toList();
        try (NDManager scope = manager.newSubManager()) {
            NDArray tensor = trained.forward(PictureTensors.toTensor(scope, padded));
            if (!FiniteNumbers.areIn(tensor)) { // which would be black in both, so that they agree
                throw new ArithmeticException(
                        "expected finite numbers of the generator, found others for a picture of %s x %s pixels"
                                .formatted(first.width(), first.height()));
            }
            return PictureTensors.toPictures(tensor).stream()
                    .map(picture -> picture.crop(0, 0, first.width(), first.height()))
                    .toList();
        }
    }

    private static Picture pad(Picture picture) {
        int width = roundUp(picture.width());
        int height = roundUp(picture.height());
        byte[] samples = new byte[width * height * Picture.CHANNELS];
        int next = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    samples[next++] =
                            (byte) picture.sample(mirror(x, picture.width()), mirror(y, picture.height()), channel);
                }
            }
        }
        return new Picture(width, height, samples);
    }

    private static int roundUp(int size) {
        return (size + SIZE_MULTIPLE - 1) / SIZE_MULTIPLE * SIZE_MULTIPLE;
    }

    private static int mirror(int position, int size) {
        return position < size ? position : 2 * (size - 1) - position;
    }
}
