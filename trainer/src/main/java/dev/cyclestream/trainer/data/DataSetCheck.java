package dev.cyclestream.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Finds all that is wrong with a data set before any time is spent on it. */
final class DataSetCheck {

    private static final int MOST_LINES = 20;

    private final Augmentation augmentation;

    private DataSetCheck(Augmentation augmentation) {
        this.augmentation = augmentation;
    }

    /** Hands sound training pictures on to those that the data set keeps. */
    static void require(DataSet data) throws IOException {
        DataSetCheck check = new DataSetCheck(data.augmentation());
        List<String> faults = new ArrayList<>();
        check.count(data.root().resolve("trainA"), data.trainA()).ifPresent(faults::add);
        check.count(data.root().resolve("trainB"), data.trainB()).ifPresent(faults::add);
        faults.addAll(check.faults(data.trainA(), data.pictures()::offer));
        faults.addAll(check.faults(data.trainB(), data.pictures()::offer));
        faults.addAll(check.faults(data.testA(), (file, picture) -> {}));
        faults.addAll(check.faults(data.testB(), (file, picture) -> {}));
        if (faults.isEmpty() && samePictures(data.trainA(), data.trainB())) {
            faults.add("%s: expected two domains, found the same pictures in trainA and trainB".formatted(data.root()));
        }
        if (!faults.isEmpty()) {
            throw new InvalidDataException(list(faults));
        }
    }

    private Optional<String> count(Path folder, List<Path> files) {
        return files.size() >= DataSet.FEWEST_IMAGES
                ? Optional.empty()
                : Optional.of("%s: expected at least %d images, found %d"
                        .formatted(folder, DataSet.FEWEST_IMAGES, files.size()));
    }

    private List<String> faults(List<Path> files, BiConsumer<Path, Picture> sound) {
        return files.parallelStream()
                .map(file -> fault(file, sound))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> fault(Path file, BiConsumer<Path, Picture> sound) {
        try {
            Picture picture = PictureFile.read(file);
            int side = augmentation.smallestSide();
            if (Math.min(picture.width(), picture.height()) < side) {
                return Optional.of("%s: expected sides of at least %d pixels for the crop, found %d x %d"
                        .formatted(file, side, picture.width(), picture.height()));
            }
            if (picture.isConstant()) {
                return Optional.of(file + ": expected a picture, found one colour throughout");
            }
            sound.accept(file, picture);
            return Optional.empty();
        } catch (InvalidDataException e) {
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            return Optional.of(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** Whether one is the other, by a link or by a copy. */
    private static boolean samePictures(List<Path> left, List<Path> right) throws IOException {
        if (left.size() != right.size()) {
            return false;
        }
        for (int index = 0; index < left.size(); index++) {
            if (Files.mismatch(left.get(index), right.get(index)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static String list(List<String> faults) {
        String lines = faults.stream().limit(MOST_LINES).collect(Collectors.joining("\n"));
        return faults.size() <= MOST_LINES ? lines : lines + "\nand %d more".formatted(faults.size() - MOST_LINES);
    }
}
