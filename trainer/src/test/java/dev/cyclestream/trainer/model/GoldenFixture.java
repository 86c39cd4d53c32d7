package dev.cyclestream.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.network.PatchDiscriminator;
import dev.cyclestream.trainer.network.ResnetGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers that PyTorch computed in float64: weights before and after training, batches, gradients, losses.
 *
 * <p>{@code -Dgolden.dir=DIR} names another folder of the same form; all sizes are read from its arrays.
 */
final class GoldenFixture {

    private final Path folder;

    private GoldenFixture(Path folder) {
        this.folder = folder;
    }

    static GoldenFixture open() {
        String chosen = System.getProperty("golden.dir");
        return new GoldenFixture(chosen == null ? bundled() : existing(Path.of(chosen)));
    }

    /** The arrays of one file by name; they belong to the manager. */
    Map<String, NDArray> arrays(String name, NDManager manager) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        try (InputStream input = Files.newInputStream(folder.resolve(name + ".npz"))) {
            for (NDArray array : NDList.decode(manager, input)) {
                arrays.put(array.getName(), array);
            }
        } catch (IOException e) {
            throw new AssertionError("the golden fixture has no " + name, e);
        }
        return arrays;
    }

    /** Filters, blocks and depth, as the shapes and the number of the arrays tell. */
    private Architecture architecture(NDManager manager) {
        Map<String, NDArray> generator = arrays("g_ab.initial", manager);
        Map<String, NDArray> discriminator = arrays("d_a.initial", manager);
        int filters = (int) generator.get("conv_00.weight").getShape().get(0);
        int convolutionsOutsideBlocks = 6;
        int blocks = (generator.size() / 2 - convolutionsOutsideBlocks) / 2;
        int discriminatorFilters =
                (int) discriminator.get("conv_00.weight").getShape().get(0);
        int convolutionsAtTheEnds = 2;
        int layers = discriminator.size() / 2 - convolutionsAtTheEnds;
        return new Architecture(
                ResnetGenerator.ofPaper(filters, blocks), new PatchDiscriminator(discriminatorFilters, layers));
    }

    /** The four networks with their weights before training, in this floating point type. */
    CycleGan model(NDManager manager, DataType type) {
        return CycleGan.of(architecture(manager), manager, name -> {
            Map<String, NDArray> weights = arrays(name + ".initial", manager);
            weights.replaceAll((key, array) -> array.toType(type, true));
            return weights;
        });
    }

    /** The eight terms of each step, by name. */
    List<Map<String, Double>> losses() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("losses.csv"));
            String[] names = lines.get(0).split(",", -1);
            List<Map<String, Double>> steps = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] values = line.split(",", -1);
                Map<String, Double> terms = new LinkedHashMap<>();
                for (int column = 1; column < names.length; column++) {
                    terms.put(names[column], Double.parseDouble(values[column]));
                }
                steps.add(terms);
            }
            return steps;
        } catch (IOException e) {
            throw new AssertionError("the golden fixture has no losses", e);
        }
    }

    private static Path bundled() {
        URL folder = GoldenFixture.class.getResource("/golden/small");
        try {
            return Path.of(folder.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Maven runs tests in the module's folder, one below the one it was called in. */
    private static Path existing(Path chosen) {
        Path folder = Files.isDirectory(chosen) ? chosen : Path.of("..").resolve(chosen);
        if (!Files.isDirectory(folder)) {
            throw new AssertionError("golden.dir: expected a folder, found none at " + chosen.toAbsolutePath());
        }
        return folder;
    }
}
