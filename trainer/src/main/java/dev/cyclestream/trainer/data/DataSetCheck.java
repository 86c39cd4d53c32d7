package dev.cyclestream.trainer.data;

import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.network.ResnetGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Finds all that is wrong with a data set before any time is spent on it. */
final class DataSetCheck {

    static final int FEWEST_IMAGES = 2;

    private static final int MOST_LINES = 20;

    /** The rows that fit into memory where a strip of a few pixels is widened to a whole width. */
    private static final int MOST_ROWS = 20_000;

    private final Augmentation augmentation;

    private DataSetCheck(Augmentation augmentation) {
        this.augmentation = augmentation;
    }

    /**
     * Hands sound training pictures on to those that the data set keeps.
     *
     * @param smallestImage side of the smallest training image that the networks take; of others only generators see any
     */
    static void require(DataSet data, int smallestImage) throws IOException {
        DataSetCheck check = new DataSetCheck(data.augmentation());
        List<String> faults = new ArrayList<>();
        check.count(data.root().resolve("trainA"), data.trainA()).ifPresent(faults::add);
        check.count(data.root().resolve("trainB"), data.trainB()).ifPresent(faults::add);
        if (!faults.isEmpty()) {
            data.passedOver().ifPresent(faults::add); // the pictures may be there
        }
        faults.addAll(check.faults(data.trainA(), smallestImage, data.pictures()::offer));
        faults.addAll(check.faults(data.trainB(), smallestImage, data.pictures()::offer));
        faults.addAll(check.faults(data.testA(), ResnetGenerator.SMALLEST_SIDE, (file, picture) -> {}));
        faults.addAll(check.faults(data.testB(), ResnetGenerator.SMALLEST_SIDE, (file, picture) -> {}));
        if (faults.isEmpty() && samePictures(data.trainA(), data.trainB())) {
            faults.add("%s: expected two domains, found the same pictures in trainA and trainB".formatted(data.root()));
        }
        if (!faults.isEmpty()) {
            throw new InvalidDataException(list(faults));
        }
    }

    /** Makes sure that pictures are some that generators take. */
    static void requireSound(List<Path> files, Augmentation augmentation) {
        List<String> faults =
                new DataSetCheck(augmentation).faults(files, ResnetGenerator.SMALLEST_SIDE, (file, picture) -> {});
        if (!faults.isEmpty()) {
            throw new InvalidDataException(list(faults));
        }
    }

    private Optional<String> count(Path folder, List<Path> files) {
        return files.size() >= FEWEST_IMAGES
                ? Optional.empty()
                : Optional.of(
                        "%s: expected at least %d images, found %d".formatted(folder, FEWEST_IMAGES, files.size()));
    }

    private List<String> faults(List<Path> files, int smallestImage, BiConsumer<Path, Picture> sound) {
        return files.parallelStream()
                .map(file -> fault(file, smallestImage, sound))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> fault(Path file, int smallestImage, BiConsumer<Path, Picture> sound) {
        try {
            Picture picture = augmentation.read(file);
            Optional<String> fault = fault(picture, smallestImage);
            if (fault.isEmpty()) {
                sound.accept(file, picture);
            }
            return fault.map(found -> file + ": " + found);
        } catch (InvalidDataException e) {
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            return Optional.of(file + ": cannot be read: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            return Optional.of("%s: expected a picture that can be resized in Java's heap of %d MiB, found a larger one"
                    .formatted(file, Runtime.getRuntime().maxMemory() >> 20));
        }
    }

    private Optional<String> fault(Picture picture, int smallestImage) {
        int side = augmentation.smallestSide(smallestImage);
        if (Math.min(picture.width(), picture.height()) < side) {
            return Optional.of("expected sides of at least %d pixels for --preprocessing %s, found %d x %d"
                    .formatted(side, augmentation.preprocessing(), picture.width(), picture.height()));
        }
        if (augmentation.scaledHeight(picture) > MOST_ROWS) {
            return Optional.of("expected at most %d rows once it is scaled to a width of %d, found %d x %d pixels"
                    .formatted(MOST_ROWS, augmentation.loadSize(), picture.width(), picture.height()));
        }
        return picture.isConstant() ? Optional.of("expected a picture, found one colour throughout") : Optional.empty();
    }

    /** True if one is the other, by a link or by a copy. */
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

    private static List<String> list(List<String> faults) {
        List<String> lines = new ArrayList<>(faults.stream().limit(MOST_LINES).toList());
        if (faults.size() > MOST_LINES) {
            lines.add("and %d more".formatted(faults.size() - MOST_LINES));
        }
        return lines;
    }
}
