package dev.cyclestream.trainer.cli;

import dev.cyclestream.option.Range;
import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.data.DataSetFolder;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation;
import dev.cyclestream.trainer.data.ImagePool;
import dev.cyclestream.trainer.data.Preprocessing;
import dev.cyclestream.trainer.model.TrainingSettings.Images;
import dev.cyclestream.trainer.network.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/** The images that the networks are shown, as the command line describes it. */
final class ImageOptions {

    @Option(
            names = {"--size", "--crop-size"},
            defaultValue = "256",
            description = "Side of the training images in pixels.")
    @Range(from = "16", to = "4096", multipleOf = 4)
    private int size;

    @Option(
            names = "--load-size",
            description =
                    "Side that pictures are resized to before the crop. Default: size x 286/256 from 128 px up, the size below.")
    @Range(from = "16", to = "16384")
    private Optional<Integer> loadSize;

    @Option(
            names = "--preprocessing",
            defaultValue = "resize-and-crop",
            description = "Resizing and cropping: ${COMPLETION-CANDIDATES}.")
    private Preprocessing preprocessing;

    @Option(names = "--batch-size", defaultValue = "1", description = "Images of each domain in a step.")
    @Range(from = "1", to = "1024")
    private int batchSize;

    @Option(names = "--max-images", description = "Take only the first images of each training folder. Default: all.")
    @Range(from = "1")
    private Optional<Integer> maxImages;

    @Option(
            names = "--flip",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Mirror half of the images left to right.")
    private boolean flip;

    @Option(
            names = "--pool-size",
            defaultValue = "" + ImagePool.PAPER_SIZE,
            description = "Earlier fakes kept for each discriminator.")
    @Range(from = "0", to = "100000")
    private int poolSize;

    @Option(
            names = "--discriminator-augmentation",
            split = ",",
            paramLabel = "CHANGE",
            showDefaultValue = Help.Visibility.NEVER,
            description = "Random changes to all that the discriminators see, real and fake: ${COMPLETION-CANDIDATES}."
                    + " Default: none.")
    private List<DiscriminatorAugmentation.Change> discriminatorAugmentation = List.of();

    int size() {
        return size;
    }

    /** Opens the data set and checks it for the networks that are to learn from it. */
    DataSet open(Path root, Architecture architecture) throws IOException {
        return new DataSetFolder(root)
                .openForTraining(
                        images().augmentation(),
                        architecture.discriminator().smallestSide(),
                        maxImages.orElse(Integer.MAX_VALUE));
    }

    Images images() {
        int loadSide = loadSize.orElseGet(() -> Augmentation.loadSizeFor(size));
        Augmentation augmentation = new Augmentation(preprocessing, loadSide, size, flip);
        return new Images(augmentation, batchSize, poolSize, new DiscriminatorAugmentation(discriminatorAugmentation));
    }
}
